package dev.slipway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.slipway.release.StoredObject;
import dev.slipway.source.BucketServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Google's own client against a bucket server of a few lines. */
final class StoredTest {

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

  @Test
  void aBillIsKeptOnceAndThenAdopted() {
    Sboms sboms = new StoredSboms(storage, "sources");

    StoredObject first = sboms.keep("sha256:ab", "{\"a\":1}");
    StoredObject again = sboms.keep("sha256:ab", "{\"a\":2}");

    assertThat(first.object()).isEqualTo("sboms/ab.cdx.json");
    assertThat(again).isEqualTo(first);
    assertThat(new String(server.content("sources", "sboms/ab.cdx.json"), UTF_8))
        .isEqualTo("{\"a\":1}");
  }

  @Test
  void theDatabaseIsReadAgainOnlyWhenItHasChanged() throws IOException {
    Advisories advisories = new StoredAdvisories(storage, "gs://db/osv.zip");
    server.put("db", "osv.zip", AdvisoryDatabaseTest.zip());

    AdvisoryDatabase first = advisories.current();
    AdvisoryDatabase same = advisories.current();
    int downloads = server.downloads();
    server.put("db", "osv.zip", AdvisoryDatabaseTest.zip());
    AdvisoryDatabase next = advisories.current();

    assertThat(first.known()).containsOnlyKeys("leaky", "forsaken", "listed");
    assertThat(same).isSameAs(first);
    assertThat(next.name()).isNotEqualTo(first.name());
    assertThat(server.downloads()).isGreaterThan(downloads);
  }

  @Test
  void aDatabaseThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> new StoredAdvisories(storage, "gs://db/osv.zip").current())
        .hasMessageContaining("gs://db/osv.zip")
        .hasMessageContaining("SLIPWAY_ADVISORIES");
  }
}
