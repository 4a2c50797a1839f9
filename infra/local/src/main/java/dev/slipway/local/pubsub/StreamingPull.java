package dev.slipway.local.pubsub;

import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.StreamingPullResponse.AcknowledgeConfirmation;
import com.google.pubsub.v1.StreamingPullResponse.ModifyAckDeadlineConfirmation;
import com.google.pubsub.v1.StreamingPullResponse.SubscriptionProperties;
import dev.slipway.local.server.Calls;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One streaming pull: the client's requests come in, its messages go out. */
final class StreamingPull implements StreamObserver<StreamingPullRequest>, Outlet.Sink {

  private static final int MAX_MESSAGES = 1000;
  private static final int MAX_BYTES = 1 << 20;

  private final Subscriptions subscriptions;
  private final ServerCallStreamObserver<StreamingPullResponse> call;
  private @Nullable Backlog backlog;
  private @Nullable Outlet outlet;
  private boolean heartbeats;
  private boolean ended;

  StreamingPull(
      Subscriptions subscriptions, ServerCallStreamObserver<StreamingPullResponse> call) {
    this.subscriptions = subscriptions;
    this.call = call;
    call.setOnCancelHandler(this::leave);
    call.setOnReadyHandler(this::wake);
  }

  @Override
  public void onNext(StreamingPullRequest request) {
    try {
      if (backlog == null) {
        open(request);
      } else {
        follow(request);
      }
    } catch (StatusRuntimeException e) {
      leave();
      end(e.getStatus());
    }
  }

  private void open(StreamingPullRequest request) {
    Backlog opened = subscriptions.get(request.getSubscription()).pulled();
    Outlet.Limits limits =
        Outlet.Limits.of(request.getMaxOutstandingMessages(), request.getMaxOutstandingBytes());
    Outlet attached = Outlet.stream(this, limits);
    backlog = opened;
    outlet = attached;
    heartbeats = request.getProtocolVersion() > 0;
    attached.useDeadline(deadline(request));
    settle(request, opened);
    opened.attach(attached);
  }

  private void follow(StreamingPullRequest request) {
    Backlog opened = backlog;
    Outlet attached = outlet;
    if (opened == null || attached == null) {
      return;
    }
    if (!request.getSubscription().isEmpty()
        || request.getMaxOutstandingMessages() != 0
        || request.getMaxOutstandingBytes() != 0) {
      throw Calls.invalid(
          "The subscription and the flow control settings of a stream are given in its first"
              + " request only.");
    }
    if (request.getStreamAckDeadlineSeconds() != 0) {
      attached.useDeadline(deadline(request));
    }
    settle(request, opened);
    if (heartbeats && request.equals(StreamingPullRequest.getDefaultInstance())) {
      send(response(opened));
    }
  }

  private static Duration deadline(StreamingPullRequest request) {
    int seconds = request.getStreamAckDeadlineSeconds();
    if (seconds < 10 || seconds > 600) {
      throw Calls.invalid(
          "stream_ack_deadline_seconds must be between 10 and 600, but is %d.".formatted(seconds));
    }
    return Duration.ofSeconds(seconds);
  }

  private void settle(StreamingPullRequest request, Backlog from) {
    if (request.getModifyDeadlineSecondsCount() != request.getModifyDeadlineAckIdsCount()) {
      throw Calls.invalid(
          "modify_deadline_seconds and modify_deadline_ack_ids must be of the same length.");
    }
    StreamingPullResponse.Builder confirmation = response(from);
    if (request.getAckIdsCount() > 0) {
      confirmation.setAcknowledgeConfirmation(acknowledge(request.getAckIdsList(), from));
    }
    if (request.getModifyDeadlineAckIdsCount() > 0) {
      confirmation.setModifyAckDeadlineConfirmation(modify(request, from));
    }
    boolean confirmed =
        confirmation.hasAcknowledgeConfirmation()
            || confirmation.hasModifyAckDeadlineConfirmation();
    if (confirmed && from.terms().exactlyOnce()) {
      send(confirmation);
    }
  }

  private static AcknowledgeConfirmation acknowledge(List<String> ackIds, Backlog from) {
    List<String> refused = from.acknowledge(ackIds);
    return AcknowledgeConfirmation.newBuilder()
        .addAllAckIds(without(ackIds, refused))
        .addAllInvalidAckIds(refused)
        .build();
  }

  private static ModifyAckDeadlineConfirmation modify(
      StreamingPullRequest request, Backlog from) {
    List<String> refused = new ArrayList<>();
    for (int i = 0; i < request.getModifyDeadlineAckIdsCount(); i++) {
      refused.addAll(
          from.modifyDeadline(
              List.of(request.getModifyDeadlineAckIds(i)),
              AckDeadline.of(request.getModifyDeadlineSeconds(i))));
    }
    return ModifyAckDeadlineConfirmation.newBuilder()
        .addAllAckIds(without(request.getModifyDeadlineAckIdsList(), refused))
        .addAllInvalidAckIds(refused)
        .build();
  }

  private static List<String> without(List<String> ids, List<String> refused) {
    return ids.stream().filter(id -> !refused.contains(id)).toList();
  }

  @Override
  public boolean isReady() {
    return call.isReady();
  }

  /** Sends the messages in answers of a size that any client takes. */
  @Override
  public void take(List<Delivery> batch) {
    Backlog from = backlog;
    if (from == null) {
      return;
    }
    StreamingPullResponse.Builder response = response(from);
    int bytes = 0;
    for (Delivery delivery : batch) {
      int size = delivery.message().getSerializedSize();
      int count = response.getReceivedMessagesCount();
      if (count > 0 && (count >= MAX_MESSAGES || bytes + size > MAX_BYTES)) {
        send(response);
        response = response(from);
        bytes = 0;
      }
      response.addReceivedMessages(delivery.toReceivedMessage());
      bytes += size;
    }
    send(response);
  }

  private static StreamingPullResponse.Builder response(Backlog from) {
    var config = from.terms().config();
    return StreamingPullResponse.newBuilder()
        .setSubscriptionProperties(
            SubscriptionProperties.newBuilder()
                .setExactlyOnceDeliveryEnabled(config.getEnableExactlyOnceDelivery())
                .setMessageOrderingEnabled(config.getEnableMessageOrdering()));
  }

  private synchronized void send(StreamingPullResponse.Builder response) {
    if (!ended) {
      call.onNext(response.build());
    }
  }

  @Override
  public synchronized void end(Status why) {
    if (!ended) {
      ended = true;
      call.onError(why.asRuntimeException());
    }
  }

  @Override
  public void onError(Throwable gone) {
    leave();
  }

  @Override
  public void onCompleted() {
    leave();
    synchronized (this) {
      if (!ended) {
        ended = true;
        call.onCompleted();
      }
    }
  }

  private void leave() {
    Backlog opened = backlog;
    Outlet attached = outlet;
    if (opened != null && attached != null) {
      opened.detach(attached);
    }
  }

  private void wake() {
    Backlog opened = backlog;
    if (opened != null) {
      opened.wake();
    }
  }
}
