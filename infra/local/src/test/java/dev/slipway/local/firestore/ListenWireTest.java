package dev.slipway.local.firestore;

import static dev.slipway.local.firestore.Cases.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.firestore.v1.ListenRequest;
import com.google.firestore.v1.ListenResponse;
import com.google.firestore.v1.Target;
import com.google.protobuf.ByteString;
import dev.slipway.local.time.VirtualTime;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Listen stream message by message. */
final class ListenWireTest {

  private static final String DATABASE = "projects/laptop/databases/(default)";

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @TempDir Path folder;
  private Cloud cloud;
  private Wire wire;
  private StreamObserver<ListenRequest> stream;

  @BeforeEach
  void open() throws Exception {
    cloud = new Cloud(folder, time, time, Indexes.permissive(), Set.of());
    await(cloud.db.document("col/a").set(Map.of("n", 1)));
    wire = Wire.to(cloud.endpoint());
    stream = wire.listen(new Hearing());
  }

  @AfterEach
  void close() {
    wire.close();
    cloud.close();
  }

  @Test
  void aTargetBeginsWithAllThereIsThenIsCurrentThenASnapshot() throws Exception {
    add(target(7));

    assertThat(next(4)).containsExactly("ADD [7]", "change a [7]", "CURRENT [7]", "snapshot");
  }

  @Test
  void aTargetThatIsResumedBeginsAnew() throws Exception {
    add(target(7).setResumeToken(ByteString.copyFromUtf8("any")));

    assertThat(next(5))
        .containsExactly("ADD [7]", "RESET [7]", "change a [7]", "CURRENT [7]", "snapshot");
  }

  @Test
  void aTargetWantedOnceIsRemovedOnceItIsCurrent() throws Exception {
    add(target(7).setOnce(true));

    assertThat(next(5)).endsWith("CURRENT [7]", "snapshot", "REMOVE [7]");
  }

  @Test
  void aTargetThatIsRemovedIsSilent() throws Exception {
    add(target(7));
    next(4);
    stream.onNext(
        ListenRequest.newBuilder().setDatabase(DATABASE).setRemoveTarget(7).build());
    assertThat(next(1)).containsExactly("REMOVE [7]");

    await(cloud.db.document("col/b").set(Map.of("n", 1)));

    assertThat(heard).isEmpty();
  }

  @Test
  void twoTargetsOnOneStreamHearOfTheirOwnDocuments() throws Exception {
    add(target(1));
    next(4);
    Target.Builder document = Target.newBuilder().setTargetId(2);
    document.getDocumentsBuilder().addDocuments(DATABASE + "/documents/other/o");
    add(document);
    assertThat(next(4)).containsExactly("ADD [2]", "delete o [2]", "CURRENT [2]", "snapshot");

    await(cloud.db.document("other/o").set(Map.of("n", 1)));

    assertThat(next(2)).containsExactly("change o [2]", "snapshot");
  }

  private static Target.Builder target(int id) {
    Target.Builder target = Target.newBuilder().setTargetId(id);
    target
        .getQueryBuilder()
        .setParent(DATABASE + "/documents")
        .getStructuredQueryBuilder()
        .addFromBuilder()
        .setCollectionId("col");
    return target;
  }

  private void add(Target.Builder target) {
    stream.onNext(
        ListenRequest.newBuilder().setDatabase(DATABASE).setAddTarget(target).build());
  }

  private List<String> next(int messages) throws InterruptedException {
    List<String> next = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      next.add(heard.poll(20, TimeUnit.SECONDS));
    }
    return next;
  }

  private final class Hearing implements StreamObserver<ListenResponse> {

    @Override
    public void onNext(ListenResponse message) {
      heard.add(
          switch (message.getResponseTypeCase()) {
            case DOCUMENT_CHANGE ->
                "change %s %s"
                    .formatted(
                        id(message.getDocumentChange().getDocument().getName()),
                        message.getDocumentChange().getTargetIdsList());
            case DOCUMENT_DELETE ->
                "delete %s %s"
                    .formatted(
                        id(message.getDocumentDelete().getDocument()),
                        message.getDocumentDelete().getRemovedTargetIdsList());
            case TARGET_CHANGE ->
                message.getTargetChange().getTargetIdsCount() == 0
                    ? "snapshot"
                    : message.getTargetChange().getTargetChangeType()
                        + " "
                        + message.getTargetChange().getTargetIdsList();
            default -> message.toString();
          });
    }

    @Override
    public void onError(Throwable failure) {
      heard.add(failure.toString());
    }

    @Override
    public void onCompleted() {
      heard.add("completed");
    }
  }

  private static String id(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
