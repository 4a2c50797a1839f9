package dev.slipway.local.storage;

import static dev.slipway.local.storage.LocalStorage.BUCKET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.ComposeRequest;
import com.google.cloud.storage.Storage.CopyRequest;
import com.google.cloud.storage.Storage.MoveBlobRequest;
import com.google.cloud.storage.StorageException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ObjectsTest {

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

  private Blob put(String name, String content) {
    return client.create(BlobInfo.newBuilder(BUCKET, name).build(), content.getBytes(UTF_8));
  }

  private String read(String name) {
    return new String(client.readAllBytes(BUCKET, name), UTF_8);
  }

  @Test
  void anObjectIsReadAsItWasWritten() {
    BlobInfo info =
        BlobInfo.newBuilder(BUCKET, "in/hello world+ü.crate")
            .setContentType("application/gzip")
            .setMetadata(Map.of("uploader", "ferris"))
            .build();

    Blob made = client.create(info, "hello".getBytes(UTF_8));

    Blob read = client.get(info.getBlobId());
    assertThat(read).isEqualTo(made);
    assertThat(read.getContentType()).isEqualTo("application/gzip");
    assertThat(read.getMetadata()).containsEntry("uploader", "ferris");
    assertThat(read.getSize()).isEqualTo(5);
    assertThat(read.getCrc32c()).isEqualTo("mnG7TA==");
    assertThat(read.getMd5()).isEqualTo("XUFAKrxLKna5cZ2REBfFkg==");
    assertThat(read.getStorageClass().name()).isEqualTo("STANDARD");
    assertThat(client.readAllBytes(info.getBlobId())).asString(UTF_8).isEqualTo("hello");
  }

  @Test
  void anEmptyObjectIsAnObject() {
    Blob made = client.create(BlobInfo.newBuilder(BUCKET, "empty").build());

    assertThat(made.getSize()).isZero();
    assertThat(client.readAllBytes(BUCKET, "empty")).isEmpty();
  }

  @Test
  void anObjectOfManyMegabytesIsTakenInOneRequest() {
    byte[] content = new byte[5 << 20];
    new Random(5).nextBytes(content);

    client.create(BlobInfo.newBuilder(BUCKET, "large").build(), content);

    assertThat(client.readAllBytes(BUCKET, "large")).isEqualTo(content);
  }

  @Test
  void aPlainMediaUploadTakesItsNameFromTheQuery() {
    var answer =
        local.send(
            local
                .request("/upload/storage/v1/b/crates/o?uploadType=media&name=a%2Fb.txt")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("plain")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(read("a/b.txt")).isEqualTo("plain");
    assertThat(client.get(BUCKET, "a/b.txt").getContentType()).isEqualTo("text/plain");
  }

  @Test
  void generationsRiseAndAreStringsInTheResource() {
    Blob first = put("a", "1");

    Blob second = put("a", "2");

    assertThat(second.getGeneration()).isGreaterThan(first.getGeneration());
    assertThat(client.get(BlobId.of(BUCKET, "a", first.getGeneration()))).isNull();
    assertThat(local.send(local.request("/storage/v1/b/crates/o/a")).body())
        .contains("\"generation\":\"" + second.getGeneration() + "\"")
        .contains("\"metageneration\":\"1\"")
        .contains("\"size\":\"1\"");
  }

  @Test
  void whatIsAbsentIsNotFoundByName() {
    assertThat(client.get(BUCKET, "absent")).isNull();
    assertThatThrownBy(() -> client.readAllBytes(BUCKET, "absent"))
        .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.getCode()).isEqualTo(404))
        .hasStackTraceContaining("No such object: crates/absent");
    assertThat(client.delete(BUCKET, "absent")).isFalse();
    assertThatThrownBy(() -> client.create(BlobInfo.newBuilder("nowhere", "a").build()))
        .isInstanceOf(StorageException.class)
        .hasMessage("The specified bucket does not exist.");
  }

  @Test
  void aPatchOfTheMetadataRaisesTheMetagenerationOnly() {
    Blob made =
        client.create(
            BlobInfo.newBuilder(BUCKET, "a").setMetadata(Map.of("keep", "1", "drop", "2")).build(),
            "content".getBytes(UTF_8));
    Map<String, String> changes = new HashMap<>();
    changes.put("keep", "1");
    changes.put("new", "3");
    changes.put("drop", null);

    made.toBuilder().setContentType("text/x").setMetadata(changes).build().update();

    Blob read = client.get(BUCKET, "a");
    assertThat(read.getMetadata()).isEqualTo(Map.of("keep", "1", "new", "3"));
    assertThat(read.getContentType()).isEqualTo("text/x");
    assertThat(read.getGeneration()).isEqualTo(made.getGeneration());
    assertThat(read.getMetageneration()).isEqualTo(2);
    assertThat(read.getUpdateTimeOffsetDateTime())
        .isAfterOrEqualTo(made.getUpdateTimeOffsetDateTime());
  }

  @Test
  void listingGroupsByTheDelimiterAndPages() {
    List.of("a", "in/1", "in/2", "in/deep/1", "in/deep/2", "in/deeper/1", "z")
        .forEach(name -> put(name, name));

    var folderOfIn =
        client.list(
            BUCKET,
            BlobListOption.prefix("in/"),
            BlobListOption.currentDirectory(),
            BlobListOption.pageSize(2));

    assertThat(folderOfIn.getValues()).extracting(BlobInfo::getName).containsExactly("in/1", "in/2");
    assertThat(folderOfIn.iterateAll())
        .extracting(BlobInfo::getName)
        .containsExactly("in/1", "in/2", "in/deep/", "in/deeper/");
    assertThat(
            client
                .list(BUCKET, BlobListOption.startOffset("in/2"), BlobListOption.endOffset("in/deeper/"))
                .iterateAll())
        .extracting(BlobInfo::getName)
        .containsExactly("in/2", "in/deep/1", "in/deep/2");
    assertThat(client.list(BUCKET, BlobListOption.pageSize(3)).iterateAll()).hasSize(7);
  }

  @Test
  void aCopyHasTheSourcesMetadataUnlessItBringsItsOwn() {
    client.create(
        BlobInfo.newBuilder(BUCKET, "from").setContentType("text/x").build(), "same".getBytes(UTF_8));

    Blob like =
        client
            .copy(CopyRequest.of(BlobId.of(BUCKET, "from"), BlobId.of(BUCKET, "like")))
            .getResult();
    Blob other =
        client
            .copy(
                CopyRequest.newBuilder()
                    .setSource(BlobId.of(BUCKET, "from"))
                    .setTarget(
                        BlobInfo.newBuilder(BUCKET, "other").setContentType("text/y").build())
                    .build())
            .getResult();
    client.delete(BUCKET, "from");

    assertThat(like.getContentType()).isEqualTo("text/x");
    assertThat(other.getContentType()).isEqualTo("text/y");
    assertThat(read("like")).isEqualTo("same");
    assertThat(read("other")).isEqualTo("same");
  }

  @Test
  void aMovedObjectIsUnderItsNewNameOnly() {
    put("from", "moved");

    client.moveBlob(
        MoveBlobRequest.newBuilder()
            .setSource(BlobId.of(BUCKET, "from"))
            .setTarget(BlobId.of(BUCKET, "to"))
            .build());

    assertThat(client.get(BUCKET, "from")).isNull();
    assertThat(read("to")).isEqualTo("moved");
  }

  @Test
  void composingJoinsInOrderAndHasNoMd5() {
    put("1", "one,");
    put("2", "two,");
    put("3", "three");

    Blob whole =
        client.compose(
            ComposeRequest.newBuilder()
                .addSource("1", "2", "3")
                .setTarget(BlobInfo.newBuilder(BUCKET, "whole").setContentType("text/x").build())
                .setTargetOptions(BlobTargetOption.doesNotExist())
                .build());

    assertThat(read("whole")).isEqualTo("one,two,three");
    assertThat(whole.getComponentCount()).isEqualTo(3);
    assertThat(whole.getMd5()).isNull();
    assertThat(whole.getCrc32c()).isNotNull();
    assertThat(whole.getContentType()).isEqualTo("text/x");
  }

  @Test
  void composingWhatIsAbsentIsNotFound() {
    assertThatThrownBy(
            () ->
                client.compose(
                    ComposeRequest.of(
                        List.of("absent"), BlobInfo.newBuilder(BUCKET, "whole").build())))
        .isInstanceOf(StorageException.class)
        .hasMessage("No such object: crates/absent");
  }

  @Test
  void contentThatIsNotWhatItsHashSaysIsRefused() {
    String body =
        """
        --x
        Content-Type: application/json

        {"name": "a", "md5Hash": "XUFAKrxLKna5cZ2REBfFkg=="}
        --x
        Content-Type: text/plain

        other
        --x--
        """;

    var answer =
        local.send(
            local
                .request("/upload/storage/v1/b/crates/o?uploadType=multipart")
                .header("Content-Type", "multipart/related; boundary=x")
                .POST(BodyPublishers.ofString(body)));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Provided MD5").contains("\"reason\":\"invalid\"");
    assertThat(client.get(BUCKET, "a")).isNull();
  }

  @Test
  void theHashHeaderIsCheckedToo() {
    var answer =
        local.send(
            local
                .request("/upload/storage/v1/b/crates/o?uploadType=media&name=a")
                .header("x-goog-hash", "crc32c=AAAAAA==")
                .POST(BodyPublishers.ofString("plain")));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Provided CRC32C").contains("doesn't match");
    assertThat(client.get(BUCKET, "a")).isNull();
  }

  @Test
  void aBatchIsAnsweredCallByCall() {
    put("a", "1");
    put("b", "2");

    List<Boolean> deleted =
        client.delete(BlobId.of(BUCKET, "a"), BlobId.of(BUCKET, "absent"), BlobId.of(BUCKET, "b"));

    assertThat(deleted).containsExactly(true, false, true);
    assertThat(client.list(BUCKET).iterateAll()).isEmpty();
  }
}
