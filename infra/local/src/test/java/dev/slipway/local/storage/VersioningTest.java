package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.CopyRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VersioningTest {

  private static final String KEEPING = "keeping";

  @TempDir Path folder;
  private LocalStorage local;
  private com.google.cloud.storage.Storage client;

  @BeforeEach
  void start() {
    local = LocalStorage.in(folder);
    client = local.client();
    client.create(BucketInfo.newBuilder(KEEPING).setVersioningEnabled(true).build());
  }

  @AfterEach
  void stop() {
    local.close();
  }

  private BlobId put(String content) {
    Blob blob =
        client.create(BlobInfo.newBuilder(KEEPING, "a").build(), content.getBytes(UTF_8));
    return BlobId.of(KEEPING, "a", blob.getGeneration());
  }

  private Iterable<Blob> versions() {
    return client.list(KEEPING, BlobListOption.versions(true)).iterateAll();
  }

  @Test
  void anOverwrittenGenerationStaysReadable() {
    BlobId first = put("first");
    BlobId second = put("second");

    assertThat(client.readAllBytes(first)).asString(UTF_8).isEqualTo("first");
    assertThat(client.readAllBytes(KEEPING, "a")).asString(UTF_8).isEqualTo("second");
    assertThat(versions())
        .extracting(Blob::getGeneration)
        .containsExactly(first.getGeneration(), second.getGeneration());
    assertThat(client.get(first).getDeleteTimeOffsetDateTime()).isNotNull();
    assertThat(client.get(second).getDeleteTimeOffsetDateTime()).isNull();
  }

  @Test
  void aDeletionArchivesAndADeletionByGenerationRemoves() {
    BlobId first = put("first");
    BlobId second = put("second");

    client.delete(BlobId.of(KEEPING, "a"));

    assertThat(client.get(KEEPING, "a")).isNull();
    assertThat(client.list(KEEPING).iterateAll()).isEmpty();
    assertThat(client.readAllBytes(second)).asString(UTF_8).isEqualTo("second");
    assertThat(client.delete(first)).isTrue();
    assertThat(versions()).extracting(Blob::getGeneration).containsExactly(second.getGeneration());
  }

  @Test
  void gcloudAsksForVersionsWithACapitalLetter() {
    BlobId first = put("first");
    put("second");

    var answer = local.send(local.request("/storage/v1/b/keeping/o?versions=True"));

    assertThat(answer.body()).contains("\"generation\":\"" + first.getGeneration() + "\"");
  }

  @Test
  void anOldGenerationIsBroughtBackByACopy() {
    BlobId first = put("first");
    put("second");

    client.copy(CopyRequest.of(first, BlobId.of(KEEPING, "a"))).getResult();

    assertThat(client.readAllBytes(KEEPING, "a")).asString(UTF_8).isEqualTo("first");
    assertThat(versions()).hasSize(3);
  }
}
