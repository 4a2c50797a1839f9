package dev.slipway.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.slipway.release.Crate;
import dev.slipway.release.Upload;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Google's own client against a bucket server of a few lines. */
final class CloudSourcesTest {

  private BucketServer server;
  private CloudSources sources;

  @BeforeEach
  void start() throws IOException {
    server = BucketServer.start();
    Storage storage =
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
