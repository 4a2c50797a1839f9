package dev.slipway.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.slipway.release.Limits;
import dev.slipway.release.LockedPackage;
import dev.slipway.release.Source;
import dev.slipway.release.StoredObject;
import dev.slipway.release.Upload;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StoredLocksTest {

  private static final Upload UPLOAD = new Upload("uploads", "hello.crate", 1);

  private BucketServer server;
  private Storage storage;

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
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Source stored(byte[] archive) {
    long generation = server.put("sources", "sources/x.tar.gz", archive);
    return new Source(UPLOAD, "x", 1, new StoredObject("sources", "sources/x.tar.gz", generation));
  }

  @Test
  void theLockOfACanonicalCopyIsReadBack() {
    long generation = server.put("uploads", "hello.crate", Sample.crate().crateFile());
    Inspection inspection =
        new CloudSources(storage, "sources", Limits.DEFAULT)
            .inspect(new Upload("uploads", "hello.crate", generation));
    Source source = ((Inspection.Accepted) inspection).source();

    assertThat(new StoredLocks(storage).of(source).packages())
        .extracting(LockedPackage::name)
        .containsExactly("hello");
  }

  @Test
  void anArchiveThatUnpacksToMoreThanTheLimitIsNotReadToItsEnd() {
    Limits tight = new Limits(1 << 20, 4096, 10, 1 << 20, 200, 100, 10);
    byte[] archive = new TarBytes().file("A", "x".repeat(10_000)).file("Cargo.lock", "").gz();

    assertThatThrownBy(() -> new StoredLocks(storage, tight).of(stored(archive)))
        .hasMessageContaining("unpacks to more than");
  }

  @Test
  void anArchiveWithoutALockIsNamed() {
    byte[] archive = new TarBytes().file("src/main.rs", "").gz();

    assertThatThrownBy(() -> new StoredLocks(storage).of(stored(archive)))
        .hasMessageContaining("gs://sources/sources/x.tar.gz")
        .hasMessageContaining("not in the archive");
  }
}
