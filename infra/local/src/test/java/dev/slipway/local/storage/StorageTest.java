package dev.slipway.local.storage;

import static dev.slipway.local.storage.LocalStorage.BUCKET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.storage.BlobInfo;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.local.storage.ObjectChange.Kind;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StorageTest {

  private static final Clock STOPPED =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  private static final class Heard implements ObjectListener {

    final BlockingQueue<ObjectChange> changes = new LinkedBlockingQueue<>();

    @Override
    public void on(ObjectChange change) {
      changes.add(change);
    }

    ObjectChange next() throws InterruptedException {
      ObjectChange change = changes.poll(10, TimeUnit.SECONDS);
      assertThat(change).as("a change was told").isNotNull();
      return change;
    }
  }

  @Test
  void whatWasWrittenIsThereAfterARestart() {
    long generation;
    try (LocalStorage local = LocalStorage.in(folder).withBucket()) {
      generation =
          local
              .client()
              .create(
                  BlobInfo.newBuilder(BUCKET, "a").setMetadata(Map.of("k", "v")).build(),
                  "kept".getBytes(UTF_8))
              .getGeneration();
    }

    try (LocalStorage local = LocalStorage.in(folder)) {
      var blob = local.client().get(BUCKET, "a");
      assertThat(blob.getGeneration()).isEqualTo(generation);
      assertThat(blob.getMetadata()).containsEntry("k", "v");
      assertThat(blob.getContent()).asString(UTF_8).isEqualTo("kept");
    }
  }

  @Test
  void aGenerationIsNeverGivenTwiceEvenIfTheClockStandsStill() {
    long first;
    try (LocalStorage local = LocalStorage.in(folder, STOPPED, change -> {}).withBucket()) {
      first = local.service().write(BUCKET, "a", "text/x", "1".getBytes(UTF_8));
      local.client().delete(BUCKET, "a");
    }

    try (LocalStorage local = LocalStorage.in(folder, STOPPED, change -> {})) {
      assertThat(first).isEqualTo(1_767_225_600_000_000L);
      assertThat(local.service().write(BUCKET, "a", "text/x", "2".getBytes(UTF_8)))
          .isEqualTo(first + 1);
    }
  }

  @Test
  void everyKindOfChangeIsToldWithTheResource() throws Exception {
    Heard heard = new Heard();
    try (LocalStorage local = LocalStorage.in(folder, heard).withBucket()) {
      var blob = local.client().create(BlobInfo.newBuilder(BUCKET, "in/a").build(), new byte[3]);
      ObjectChange finalized = heard.next();
      blob.toBuilder().setContentType("text/x").build().update();
      ObjectChange updated = heard.next();
      local.client().get(BUCKET).toBuilder().setVersioningEnabled(true).build().update();
      local.client().delete(BUCKET, "in/a");
      ObjectChange archived = heard.next();
      local.client().delete(blob.getBlobId());
      ObjectChange deleted = heard.next();

      assertThat(finalized.kind()).isEqualTo(Kind.FINALIZED);
      assertThat(finalized.bucket()).isEqualTo(BUCKET);
      assertThat(finalized.name()).isEqualTo("in/a");
      assertThat(finalized.generation()).isEqualTo(blob.getGeneration());
      JsonObject resource = JsonParser.parseString(finalized.resource()).getAsJsonObject();
      assertThat(resource.get("generation").toString())
          .isEqualTo("\"" + blob.getGeneration() + "\"");
      assertThat(resource.get("size").toString()).isEqualTo("\"3\"");
      assertThat(updated.kind()).isEqualTo(Kind.METADATA_UPDATED);
      assertThat(updated.resource()).contains("\"metageneration\":\"2\"");
      assertThat(archived.kind()).isEqualTo(Kind.ARCHIVED);
      assertThat(deleted.kind()).isEqualTo(Kind.DELETED);
    }
  }

  @Test
  void aListenerThatHangsOrThrowsHarmsNoUpload() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Heard heard = new Heard();
    ObjectListener difficult =
        change -> {
          heard.on(change);
          if (change.name().equals("hang")) {
            awaitQuietly(release);
          }
          throw new IllegalStateException("as it happens");
        };
    try (LocalStorage local = LocalStorage.in(folder, difficult).withBucket()) {
      local.service().write(BUCKET, "hang", "text/x", new byte[1]);
      heard.next();

      local.service().write(BUCKET, "next", "text/x", new byte[1]);

      assertThat(heard.next().name()).isEqualTo("next");
      release.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void servicesOfTheSameProcessReadAndWrite() throws Exception {
    try (LocalStorage local = LocalStorage.in(folder).withBucket()) {
      long generation = local.service().write(BUCKET, "log", "text/plain", "x".getBytes(UTF_8));

      try (InputStream live = local.service().open(BUCKET, "log", null);
          InputStream named = local.service().open(BUCKET, "log", generation)) {
        assertThat(live).hasContent("x");
        assertThat(named).hasContent("x");
      }
      assertThat(local.client().get(BUCKET, "log").getContentType()).isEqualTo("text/plain");
      assertThatThrownBy(() -> local.service().open(BUCKET, "log", generation + 1))
          .isInstanceOf(NoSuchObjectException.class)
          .hasMessage("No such object: crates/log");
      assertThatThrownBy(() -> local.service().write("nowhere", "log", "text/x", new byte[0]))
          .isInstanceOf(NoSuchObjectException.class)
          .hasMessage("The specified bucket does not exist.");
    }
  }

  @Test
  void aLargeUploadDoesNotPassThroughTheHeap() throws Exception {
    int size = 64 << 20;
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (LocalStorage local = LocalStorage.in(folder).withBucket();
        InputStream content = new Zeros(size)) {
      long before = threads.getCurrentThreadAllocatedBytes();

      local.service().write(BUCKET, "large", "text/x", content);

      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated).isLessThan(size / 8);
      assertThat(local.client().get(BUCKET, "large").getSize()).isEqualTo(size);
    }
  }

  private static final class Zeros extends InputStream {

    private int left;

    Zeros(int size) {
      left = size;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      int n = Math.min(left, length);
      left -= n;
      return n == 0 ? -1 : n;
    }
  }

  @Test
  void contentIsDeletedWithItsObjectAndLeftoversAtTheNextStart() throws Exception {
    Path content = folder.resolve("storage/content");
    try (LocalStorage local = LocalStorage.in(folder).withBucket()) {
      local.service().write(BUCKET, "a", "text/x", "1".getBytes(UTF_8));
      local.service().write(BUCKET, "a", "text/x", "2".getBytes(UTF_8));
      assertThat(list(content)).hasSize(1);
      local.client().delete(BUCKET, "a");
      assertThat(list(content)).isEmpty();
      long kept = local.service().write(BUCKET, "b", "text/x", "3".getBytes(UTF_8));
      Files.writeString(content.resolve("123"), "an object never committed");
      Files.writeString(folder.resolve("storage/staged/x"), "an upload that broke off");
      assertThat(list(content)).contains(content.resolve(Long.toString(kept)));
    }

    try (LocalStorage local = LocalStorage.in(folder)) {
      assertThat(list(content)).hasSize(1);
      assertThat(list(folder.resolve("storage/staged"))).isEmpty();
      assertThat(local.client().readAllBytes(BUCKET, "b")).asString(UTF_8).isEqualTo("3");
    }
  }

  private static List<Path> list(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
