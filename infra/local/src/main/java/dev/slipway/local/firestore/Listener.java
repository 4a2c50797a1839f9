package dev.slipway.local.firestore;

import com.google.firestore.v1.ListenRequest;
import com.google.firestore.v1.ListenResponse;
import com.google.firestore.v1.Target.QueryTarget;
import com.google.firestore.v1.TargetChange;
import com.google.firestore.v1.TargetChange.TargetChangeType;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.slipway.local.server.Calls;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Listen stream: the client adds and removes targets, the server tells what becomes of them. A
 * commit's changes are sent by the thread that commits; after each such set comes the read time
 * that makes it a consistent snapshot.
 */
final class Listener implements StreamObserver<ListenRequest>, Database.Watcher {

  private static final Logger LOG = System.getLogger(Listener.class.getName());

  /** Where a listener finds databases and the rules of their indexes. */
  interface Home {
    Database database(String name);

    /** Reads a query, refused where it needs an index that is not declared. */
    Query query(String parent, com.google.firestore.v1.StructuredQuery query);
  }

  private final Home home;
  private final StreamObserver<ListenResponse> client;
  private final Mailbox mailbox = new Mailbox();
  private final Map<Integer, Target> targets = new LinkedHashMap<>();
  private volatile @Nullable Database database;
  private boolean over;

  Listener(Home home, StreamObserver<ListenResponse> client) {
    this.home = home;
    this.client = client;
  }

  @Override
  public void onNext(ListenRequest request) {
    mailbox.put(() -> guarded(() -> handle(request)));
  }

  @Override
  public void onError(Throwable cancelled) {
    close();
  }

  @Override
  public void onCompleted() {
    mailbox.put(() -> guarded(client::onCompleted));
    close();
  }

  @Override
  public void changed(Collection<Change> changes) {
    mailbox.put(() -> guarded(() -> refresh(changes)));
  }

  private void close() {
    Database watching = database;
    if (watching != null) {
      watching.unwatch(this);
    }
    mailbox.put(() -> over = true);
  }

  private void guarded(Runnable work) {
    if (over) {
      return;
    }
    try {
      work.run();
    } catch (StatusRuntimeException e) {
      end(e);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a listener failed", e);
      end(Status.INTERNAL.withDescription(e.toString()).withCause(e).asRuntimeException());
    }
  }

  private void end(StatusRuntimeException why) {
    over = true;
    client.onError(why);
    close();
  }

  private void handle(ListenRequest request) {
    Database watching = database;
    if (watching == null) {
      watching = home.database(request.getDatabase());
      watching.watch(this);
      database = watching;
    }
    switch (request.getTargetChangeCase()) {
      case ADD_TARGET -> add(watching, request.getAddTarget());
      case REMOVE_TARGET -> remove(request.getRemoveTarget(), null);
      case TARGETCHANGE_NOT_SET -> throw Calls.invalid("A listen request has no target change.");
    }
  }

  private void add(Database watching, com.google.firestore.v1.Target asked) {
    int id = asked.getTargetId() != 0 ? asked.getTargetId() : unusedId();
    if (targets.containsKey(id)) {
      throw Calls.invalid("Target id %d is in use on this stream.".formatted(id));
    }
    send(change(TargetChangeType.ADD, id));
    Target target;
    try {
      target = new Target(id, asked.getOnce(), watched(watching, asked));
    } catch (StatusRuntimeException refused) {
      remove(id, StatusProto.fromThrowable(refused));
      return;
    }
    targets.put(id, target);
    boolean resumed = asked.hasResumeToken() || asked.hasReadTime();
    if (resumed) {
      send(change(TargetChangeType.RESET, id));
    }
    watching.read(Selector.LATEST, reading -> first(target, reading)).forEach(client::onNext);
    if (target.once()) {
      remove(id, null);
    }
  }

  private int unusedId() {
    int id = 1;
    while (targets.containsKey(id)) {
      id++;
    }
    return id;
  }

  private Target.Watched watched(Database watching, com.google.firestore.v1.Target asked) {
    return switch (asked.getTargetTypeCase()) {
      case DOCUMENTS ->
          new Target.Documents(
              asked.getDocuments().getDocumentsList().stream()
                  .map(name -> DocumentName.of(watching.name(), name))
                  .toList());
      case QUERY -> {
        QueryTarget query = asked.getQuery();
        yield new Target.Results(
            home.query(
                watching.name().parentPath(query.getParent()), query.getStructuredQuery()));
      }
      default -> throw Calls.invalid("A target watches documents or a query.");
    };
  }

  private void remove(int id, com.google.rpc.@Nullable Status cause) {
    targets.remove(id);
    TargetChange.Builder change = change(TargetChangeType.REMOVE, id);
    if (cause != null) {
      change.setCause(cause);
    }
    send(change);
  }

  private void refresh(Collection<Change> changes) {
    Database watching = database;
    List<Target> touched =
        targets.values().stream().filter(target -> target.isTouchedBy(changes)).toList();
    if (watching == null || touched.isEmpty()) {
      return;
    }
    watching.read(Selector.LATEST, reading -> next(touched, reading)).forEach(client::onNext);
  }

  private static List<ListenResponse> first(Target target, Reading reading) {
    List<ListenResponse> messages = new ArrayList<>(target.begin(reading));
    messages.add(message(at(change(TargetChangeType.CURRENT, target.id()), reading.time())));
    messages.add(message(at(TargetChange.newBuilder(), reading.time())));
    return messages;
  }

  private static List<ListenResponse> next(List<Target> touched, Reading reading) {
    List<ListenResponse> messages = new ArrayList<>();
    touched.forEach(target -> messages.addAll(target.refresh(reading)));
    messages.add(message(at(TargetChange.newBuilder(), reading.time())));
    return messages;
  }

  private void send(TargetChange.Builder change) {
    client.onNext(message(change));
  }

  private static ListenResponse message(TargetChange.Builder change) {
    return ListenResponse.newBuilder().setTargetChange(change).build();
  }

  private static TargetChange.Builder change(TargetChangeType type, int id) {
    return TargetChange.newBuilder().setTargetChangeType(type).addTargetIds(id);
  }

  /** The time doubles as the resume token. */
  private static TargetChange.Builder at(TargetChange.Builder change, Timestamp time) {
    return change
        .setReadTime(time)
        .setResumeToken(ByteString.copyFromUtf8(Long.toString(Times.micros(time))));
  }
}
