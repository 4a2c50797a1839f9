package dev.slipway.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.slipway.release.Crate;
import dev.slipway.release.Finding;
import dev.slipway.release.Limits;
import dev.slipway.release.Upload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Google's own client against a bucket server of a few lines. */
final class CloudSourcesTest {

  private BucketServer server;
  private Storage storage;
  private CloudSources sources;

  @BeforeEach
  void start() throws IOException {
    server = BucketServer.start();
    storage =
        StorageOptions.newBuilder()
            .setHost(server.address())
            .setProjectId("laptop")
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
    sources = new CloudSources(storage, "sources-bucket", Limits.DEFAULT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Inspection inspect(byte[] content) {
    long generation = server.put("uploads", "in/hello-1.2.3.crate", content);
    return sources.inspect(new Upload("uploads", "in/hello-1.2.3.crate", generation));
  }

  @Test
  void anUploadIsCheckedAndItsCanonicalCopyKept() {
    byte[] upload = Sample.crate().crateFile();

    Inspection inspection = inspect(upload);

    assertThat(inspection)
        .isInstanceOfSatisfying(
            Inspection.Accepted.class,
            accepted -> {
              assertThat(accepted.crates()).extracting(Crate::name).containsExactly("hello");
              assertThat(accepted.source().bytes()).isEqualTo(upload.length);
              assertThat(accepted.source().archive().object())
                  .isEqualTo("sources/" + accepted.source().sha256() + ".tar.gz");
              byte[] copy =
                  server.content("sources-bucket", accepted.source().archive().object());
              assertThat(Sample.good(Sample.check(copy)).sha256())
                  .isEqualTo(accepted.source().sha256());
            });
  }

  @Test
  void theSameContentIsKeptOnce() {
    Inspection first = inspect(Sample.crate().crateFile());
    Inspection second = inspect(Sample.crate().zip("hello-1.2.3/").bytes());

    assertThat(((Inspection.Accepted) second).source().archive())
        .isEqualTo(((Inspection.Accepted) first).source().archive());
    assertThat(server.generations("sources-bucket")).isEqualTo(1);
  }

  @Test
  void aCopyThatAppearsMeanwhileIsAdopted() {
    server.hideOnce("sources-bucket");
    Inspection first = inspect(Sample.crate().crateFile());
    server.hideOnce("sources-bucket");
    Inspection second = inspect(Sample.crate().crateFile());

    assertThat(((Inspection.Accepted) second).source().archive())
        .isEqualTo(((Inspection.Accepted) first).source().archive());
  }

  @Test
  void aGenerationThatIsNoLongerThereIsGone() {
    Upload upload = new Upload("uploads", "x.crate", 12);

    assertThat(sources.inspect(upload)).isInstanceOf(Inspection.Gone.class);
  }

  @Test
  void aHostileUploadIsRefusedAndNothingKept() {
    Inspection inspection = inspect(Sample.crate().tar("hello-1.2.3/").file("../x", "").gz());

    assertThat(inspection)
        .isInstanceOfSatisfying(
            Inspection.Refused.class,
            refused -> {
              assertThat(refused.service()).hasToString("hello");
              assertThat(refused.findings())
                  .extracting(f -> f.rule())
                  .contains("path-traversal");
            });
    assertThat(server.generations("sources-bucket")).isZero();
  }

  @Test
  void fault05_anEmptyObjectIsRefusedAndTheFullOneOfTheSameNameIsBuilt() {
    Inspection empty = inspect(new byte[0]);
    Inspection full = inspect(Sample.crate().crateFile());

    assertThat(empty)
        .isInstanceOfSatisfying(
            Inspection.Refused.class,
            refused ->
                assertThat(refused.findings()).extracting(f -> f.rule()).containsExactly("empty"));
    assertThat(full).isInstanceOf(Inspection.Accepted.class);
  }

  @Test
  void whatIsTooLargeIsRefusedWithoutADownload() {
    long generation = server.put("uploads", "huge.zip", new byte[(64 << 20) + 1]);

    Inspection inspection = sources.inspect(new Upload("uploads", "huge.zip", generation));

    assertThat(inspection).isInstanceOf(Inspection.Refused.class);
    assertThat(server.downloads()).isZero();
  }

  @Test
  void whatIsTakenIsWhatTheTeamsLimitsSay() {
    byte[] upload = Sample.crate().with("big.bin", "x".repeat(5000)).tarGz();
    long generation = server.put("uploads", "hello.tar.gz", upload);
    Upload there = new Upload("uploads", "hello.tar.gz", generation);
    Limits tight = new Limits(1 << 20, 1 << 20, 100, 4000, 200, 1024, 64);
    Limits packed = new Limits(100, 1 << 20, 100, 1 << 20, 200, 1024, 64);

    assertThat(sources.inspect(there)).isInstanceOf(Inspection.Accepted.class);
    assertThat(refusals(tight, there)).containsExactly("file-too-large");
    assertThat(refusals(packed, there)).containsExactly("too-large");
  }

  private List<String> refusals(Limits limits, Upload upload) {
    Inspection inspection = new CloudSources(storage, "sources-bucket", limits).inspect(upload);
    return ((Inspection.Refused) inspection).findings().stream().map(Finding::rule).toList();
  }

  @Test
  void moreUploadsThanThereIsRoomForWaitForOneAnother() throws Exception {
    int uploads = 6;
    byte[] upload = Sample.crate().tarGz();
    Limits all = new Limits(upload.length, 768L << 20, 20_000, 1 << 20, 2_000_000, 1024, 64);
    CloudSources one = new CloudSources(storage, "sources-bucket", all);
    List<Future<Inspection>> answers = new ArrayList<>();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < uploads; i++) {
        long generation = server.put("uploads", i + ".tar.gz", upload);
        Upload there = new Upload("uploads", i + ".tar.gz", generation);
        answers.add(threads.submit(() -> one.inspect(there)));
      }
    }

    for (Future<Inspection> answer : answers) {
      assertThat(answer.get()).isInstanceOf(Inspection.Accepted.class);
    }
    assertThat(all.room(upload.length) * 2).as("two at a time").isGreaterThan(Limits.ROOM);
  }

  @Test
  void bytesDamagedOnTheWayAreTriedAgainNotRefused() {
    server.damageDownloads();

    assertThatThrownBy(() -> inspect(Sample.crate().crateFile()))
        .hasStackTraceContaining("crc32c");
  }

  @Test
  void noWorkingFolderIsLeftBehind() throws IOException {
    List<String> before = BucketServer.workingFolders();

    inspect(Sample.crate().crateFile());
    inspect(new byte[] {1, 2, 3});

    assertThat(BucketServer.workingFolders()).isEqualTo(before);
  }
}
