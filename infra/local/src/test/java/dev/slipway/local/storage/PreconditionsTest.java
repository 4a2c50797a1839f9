package dev.slipway.local.storage;

import static dev.slipway.local.storage.LocalStorage.BUCKET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.Storage.CopyRequest;
import com.google.cloud.storage.StorageException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreconditionsTest {

  @TempDir Path folder;
  private LocalStorage local;
  private com.google.cloud.storage.Storage client;

  @BeforeEach
  void start() {
    local = LocalStorage.in(folder).withBucket();
    client = local.client();
  }

  @AfterEach
  void stop() {
    local.close();
  }

  private Blob put(String content, BlobTargetOption... options) {
    return client.create(
        BlobInfo.newBuilder(BUCKET, "a").build(), content.getBytes(UTF_8), options);
  }

  private static void refused(int status, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.getCode()).isEqualTo(status));
  }

  @Test
  void aWriteThatMustBeTheFirstIsRefusedWhenItIsNot() {
    put("first", BlobTargetOption.doesNotExist());

    refused(412, () -> put("second", BlobTargetOption.doesNotExist()));
    assertThat(client.readAllBytes(BUCKET, "a")).asString(UTF_8).isEqualTo("first");
  }

  @Test
  void aWriteOverAGenerationIsRefusedWhenAnotherStandsThere() {
    long first = put("first").getGeneration();
    put("second", BlobTargetOption.generationMatch(first));

    refused(412, () -> put("third", BlobTargetOption.generationMatch(first)));
    refused(412, () -> put("third", BlobTargetOption.metagenerationMatch(7)));
    assertThat(client.readAllBytes(BUCKET, "a")).asString(UTF_8).isEqualTo("second");
  }

  @Test
  void aResumableUploadIsRefusedAtItsStart() {
    put("first");

    refused(
        412,
        () ->
            client
                .writer(BlobInfo.newBuilder(BUCKET, "a").build(), BlobWriteOption.doesNotExist())
                .close());
  }

  @Test
  void changesAndDeletionsHeedConditions() {
    Blob blob = put("first");
    long other = blob.getGeneration() + 1;

    refused(
        412,
        () ->
            client.update(
                blob.toBuilder().setContentType("text/x").build(),
                BlobTargetOption.metagenerationMatch(2)));
    refused(
        412,
        () -> client.delete(BlobId.of(BUCKET, "a"), BlobSourceOption.generationMatch(other)));
    refused(
        412,
        () ->
            client.copy(
                CopyRequest.newBuilder()
                    .setSource(BlobId.of(BUCKET, "a"))
                    .setSourceOptions(BlobSourceOption.generationMatch(other))
                    .setTarget(BlobId.of(BUCKET, "b"))
                    .build()));
    assertThat(client.get(BUCKET, "b")).isNull();
  }

  @Test
  void aReadOfWhatTheClientAlreadyHasIsNotModified() {
    long generation = put("first").getGeneration();

    var answer =
        local.send(
            local.request("/storage/v1/b/crates/o/a?ifGenerationNotMatch=" + generation));

    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
    refused(
        412,
        () -> client.get(BlobId.of(BUCKET, "a"), BlobGetOption.generationMatch(generation + 1)));
  }

  @Test
  void ofManyFirstWritersExactlyOneWins() throws Exception {
    int writers = 8;
    CyclicBarrier together = new CyclicBarrier(writers);
    List<Callable<Boolean>> attempts =
        IntStream.range(0, writers)
            .mapToObj(
                i ->
                    (Callable<Boolean>)
                        () -> {
                          together.await();
                          try {
                            put("writer " + i, BlobTargetOption.doesNotExist());
                            return true;
                          } catch (StorageException e) {
                            assertThat(e.getCode()).isEqualTo(412);
                            return false;
                          }
                        })
            .toList();

    int wins = 0;
    try (var threads = Executors.newFixedThreadPool(writers)) {
      for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
        wins += attempt.get() ? 1 : 0;
      }
    }

    assertThat(wins).isEqualTo(1);
    assertThat(client.readAllBytes(BUCKET, "a")).asString(UTF_8).startsWith("writer ");
  }
}
