package dev.slipway.local.storage;

import static dev.slipway.local.storage.LocalStorage.BUCKET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage.BlobSourceOption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DownloadTest {

  private static final String MEDIA = "/download/storage/v1/b/crates/o/a?alt=media";

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

  private Blob put(String content) {
    return client.create(BlobInfo.newBuilder(BUCKET, "a").build(), content.getBytes(UTF_8));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void aReaderSeeksAndStops() throws Exception {
    put("0123456789");
    ByteBuffer read = ByteBuffer.allocate(100);

    try (var reader = client.reader(BUCKET, "a")) {
      reader.seek(3);
      reader.limit(7);
      while (reader.read(read) >= 0) {
        // to the end
      }
    }

    assertThat(new String(read.array(), 0, read.position(), UTF_8)).isEqualTo("3456");
  }

  @Test
  void rangesAreAnsweredAsHttpHasThem() {
    put("0123456789");

    var middle = local.send(local.request(MEDIA).header("Range", "bytes=2-4"));
    var end = local.send(local.request(MEDIA).header("Range", "bytes=-3"));
    var beyond = local.send(local.request(MEDIA).header("Range", "bytes=10-"));

    assertThat(middle.statusCode()).isEqualTo(206);
    assertThat(middle.body()).isEqualTo("234");
    assertThat(middle.headers().firstValue("Content-Range")).hasValue("bytes 2-4/10");
    assertThat(end.body()).isEqualTo("789");
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(beyond.headers().firstValue("Content-Range")).hasValue("bytes */10");
  }

  @Test
  void aDownloadTellsGenerationAndHashes() {
    Blob made = put("hello");

    var answer = local.send(local.request(MEDIA));

    assertThat(answer.headers().firstValue("X-Goog-Generation"))
        .hasValue(made.getGeneration().toString());
    assertThat(answer.headers().firstValue("X-Goog-Hash"))
        .hasValue("crc32c=mnG7TA==,md5=XUFAKrxLKna5cZ2REBfFkg==");
    assertThat(answer.headers().firstValue("X-Goog-Stored-Content-Length")).hasValue("5");
    assertThat(answer.headers().firstValue("Content-Length")).hasValue("5");
  }

  @Test
  void anObjectStoredAsGzipIsUnpackedForThoseWhoTakeNone() throws Exception {
    client.create(
        BlobInfo.newBuilder(BUCKET, "a").setContentEncoding("gzip").build(), gzip("unpacked"));

    var plain = local.send(local.request(MEDIA));
    var packed = local.send(local.request(MEDIA).header("Accept-Encoding", "gzip"));

    assertThat(plain.body()).isEqualTo("unpacked");
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(plain.headers().firstValue("X-Goog-Stored-Content-Encoding")).hasValue("gzip");
    assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(client.readAllBytes(BUCKET, "a")).asString(UTF_8).isEqualTo("unpacked");
    assertThat(
            client.readAllBytes(
                BUCKET, "a", BlobSourceOption.shouldReturnRawInputStream(true)))
        .isEqualTo(gzip("unpacked"));
  }
}
