package dev.slipway.local.storage;

import static dev.slipway.local.storage.LocalStorage.BUCKET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResumableUploadTest {

  private static final int QUANTUM = 256 << 10;

  @TempDir Path folder;
  private LocalStorage local;

  @BeforeEach
  void start() {
    local = LocalStorage.in(folder).withBucket();
  }

  @AfterEach
  void stop() {
    local.close();
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private byte[] stored() {
    return local.client().readAllBytes(BUCKET, "a");
  }

  /** Starts a session; returns its path and query. */
  private String session() {
    var started =
        local.send(
            local
                .request("/upload/storage/v1/b/crates/o?uploadType=resumable&name=a")
                .header("X-Upload-Content-Type", "text/x")
                .POST(BodyPublishers.noBody()));
    assertThat(started.statusCode()).isEqualTo(200);
    URI session = URI.create(started.headers().firstValue("Location").orElseThrow());
    return session.getPath() + "?" + session.getQuery();
  }

  private HttpResponse<String> put(String session, String range, byte[] content) {
    return local.send(
        local
            .request(session)
            .header("Content-Range", range)
            .PUT(BodyPublishers.ofByteArray(content)));
  }

  private HttpResponse<String> put(String session, byte[] whole, int from, int to, String total) {
    String range = "bytes %d-%d/%s".formatted(from, to - 1, total);
    return put(session, range, Arrays.copyOfRange(whole, from, to));
  }

  private static void assertIncomplete(HttpResponse<String> answer, int received) {
    assertThat(answer.statusCode()).isEqualTo(308);
    if (received == 0) {
      assertThat(answer.headers().firstValue("Range")).isEmpty();
    } else {
      assertThat(answer.headers().firstValue("Range")).hasValue("bytes=0-" + (received - 1));
    }
  }

  @Test
  void googlesClientWritesInChunks() throws Exception {
    byte[] content = bytes(2 * QUANTUM + 17);

    var session =
        local.client().writer(BlobInfo.newBuilder(BUCKET, "a").setContentType("text/x").build());
    session.setChunkSize(QUANTUM);
    try (session) {
      session.write(ByteBuffer.wrap(content));
    }

    Blob blob = local.client().get(BUCKET, "a");
    assertThat(blob.getContentType()).isEqualTo("text/x");
    assertThat(stored()).isEqualTo(content);
  }

  @Test
  void googlesClientEndsOnAChunkBoundary() throws Exception {
    byte[] content = bytes(2 * QUANTUM);

    var session = local.client().writer(BlobInfo.newBuilder(BUCKET, "a").build());
    session.setChunkSize(QUANTUM);
    try (session) {
      session.write(ByteBuffer.wrap(content));
    }

    assertThat(stored()).isEqualTo(content);
  }

  @Test
  void googlesClientUploadsAFile(@TempDir Path elsewhere) throws Exception {
    Path file = Files.write(elsewhere.resolve("a"), bytes(5 * QUANTUM + 1));

    local.client().createFrom(BlobInfo.newBuilder(BUCKET, "a").build(), file, 2 * QUANTUM);

    assertThat(stored()).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void aSessionTellsHowFarItIsAndThenWhatItBecame() {
    byte[] content = bytes(QUANTUM + 100);
    String session = session();

    assertIncomplete(put(session, "bytes */*", new byte[0]), 0);
    assertIncomplete(put(session, content, 0, QUANTUM, "*"), QUANTUM);
    assertIncomplete(put(session, "bytes */*", new byte[0]), QUANTUM);
    var done = put(session, content, QUANTUM, content.length, "" + content.length);
    var asked = put(session, "bytes */*", new byte[0]);

    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(asked.statusCode()).isEqualTo(200);
    assertThat(asked.body()).isEqualTo(done.body());
    assertThat(stored()).isEqualTo(content);
  }

  @Test
  void aFinalRequestWithoutBytesEndsTheUpload() {
    byte[] content = bytes(QUANTUM);
    String session = session();
    put(session, content, 0, QUANTUM, "*");

    var done = put(session, "bytes */" + QUANTUM, new byte[0]);

    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(stored()).isEqualTo(content);
  }

  @Test
  void anUploadOfNothingIsAnEmptyObject() {
    var done = put(session(), "bytes */0", new byte[0]);

    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(stored()).isEmpty();
  }

  @Test
  void aRepeatedChunkIsTakenOnceAndAGapIsNotTaken() {
    byte[] content = bytes(3 * QUANTUM);
    String session = session();
    put(session, content, 0, 2 * QUANTUM, "*");

    assertIncomplete(put(session, content, 0, QUANTUM, "*"), 2 * QUANTUM);
    String next = session();
    assertIncomplete(put(next, content, QUANTUM, 2 * QUANTUM, "*"), 0);
    var done = put(session, content, QUANTUM, 3 * QUANTUM, "" + 3 * QUANTUM);

    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(stored()).isEqualTo(content);
  }

  @Test
  void onlyWholeQuantaOfAnUnfinishedChunkAreKept() {
    byte[] content = bytes(2 * QUANTUM);
    String session = session();

    assertIncomplete(put(session, content, 0, QUANTUM + 100, "*"), QUANTUM);
    var done = put(session, content, QUANTUM, 2 * QUANTUM, "" + 2 * QUANTUM);

    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(stored()).isEqualTo(content);
  }

  @Test
  void anUploadGoesOnAfterAConnectionThatBrokeInAChunk() throws Exception {
    byte[] content = bytes(3 * QUANTUM);
    String session = session();
    sendAndHangUp(session, content, QUANTUM + 100);

    var asked = put(session, "bytes */*", new byte[0]);
    int received = asked.headers().firstValue("Range").isPresent() ? QUANTUM : 0;
    var done = put(session, content, received, content.length, "" + content.length);

    assertThat(asked.statusCode()).isEqualTo(308);
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(stored()).isEqualTo(content);
  }

  /** Announces all of {@code content} as one chunk, sends {@code length} bytes, and is gone. */
  private void sendAndHangUp(String session, byte[] content, int length) throws Exception {
    URI uri = local.request(session).build().uri();
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      String head =
          """
          PUT %s HTTP/1.1
          Host: %s
          Content-Length: %d
          Content-Range: bytes 0-%d/%d

          """
              .formatted(
                  session, uri.getAuthority(), content.length, content.length - 1, content.length);
      socket.getOutputStream().write(head.replace("\n", "\r\n").getBytes(UTF_8));
      socket.getOutputStream().write(content, 0, length);
    }
  }

  @Test
  void aSessionGoesOnAfterARestart() {
    byte[] content = bytes(QUANTUM + 5);
    String session = session();
    put(session, content, 0, QUANTUM, "*");

    local.close();
    local = LocalStorage.in(folder);

    assertIncomplete(put(session, "bytes */*", new byte[0]), QUANTUM);
    put(session, content, QUANTUM, content.length, "" + content.length);
    assertThat(stored()).isEqualTo(content);
    assertThat(local.client().get(BUCKET, "a").getContentType()).isEqualTo("text/x");
  }

  @Test
  void aWrongHashAtTheEndLeavesNothing() throws Exception {
    String session = session();

    var answer =
        local.send(
            local
                .request(session)
                .header("Content-Range", "bytes 0-4/5")
                .header("X-Goog-Hash", "md5=AAAAAAAAAAAAAAAAAAAAAA==")
                .PUT(BodyPublishers.ofString("hello")));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(local.client().get(BUCKET, "a")).isNull();
    assertThat(put(session, "bytes */*", new byte[0]).statusCode()).isEqualTo(404);
    assertThat(staged()).isEmpty();
  }

  @Test
  void aCancelledSessionIsGoneWithItsBytes() throws Exception {
    String session = session();
    put(session, bytes(QUANTUM), 0, QUANTUM, "*");

    var answer = local.send(local.request(session).DELETE());

    assertThat(answer.statusCode()).isEqualTo(499);
    assertThat(put(session, "bytes */*", new byte[0]).statusCode()).isEqualTo(404);
    assertThat(staged()).isEmpty();
  }

  @Test
  void theOlderAddressOfUploadsIsServedToo() {
    String session = session().replace("/upload/", "/resumable/upload/");

    var done = local.send(local.request(session).PUT(BodyPublishers.ofString("whole", UTF_8)));

    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(stored()).asString(UTF_8).isEqualTo("whole");
  }

  private List<Path> staged() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("storage/staged"))) {
      return files.toList();
    }
  }
}
