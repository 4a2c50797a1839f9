package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.local.storage.Multipart.Part;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** {@code /batch/storage/v1}: up to a hundred metadata requests in one, each answered by itself. */
final class BatchApi implements Api {

  private static final int MAX_CALLS = 100;
  private static final int MAX_CALL_BYTES = 4 << 20;
  private static final String METADATA = "/storage/v1";

  private final Api metadata;

  BatchApi(Api metadata) {
    this.metadata = metadata;
  }

  @Override
  public Reply answer(Request request) throws IOException {
    Multipart calls = Multipart.open(request.body(), request.header("Content-Type"));
    String boundary = "batch_" + UUID.randomUUID();
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    int count = 0;
    for (Part call = calls.next(); call != null; call = calls.next()) {
      if (++count > MAX_CALLS) {
        throw ApiException.invalid("A batch holds at most %d calls.".formatted(MAX_CALLS));
      }
      line(answers, "--" + boundary);
      line(answers, "Content-Type: application/http");
      line(answers, "Content-ID: " + answerId(call.headers().getOrDefault("content-id", "")));
      line(answers, "");
      write(answers, Edge.answer(request(call.content()), metadata));
    }
    line(answers, "--" + boundary + "--");
    return new Reply(
        200,
        Map.of("Content-Type", "multipart/mixed; boundary=" + boundary),
        new ByteArrayInputStream(answers.toByteArray()),
        answers.size());
  }

  private static String answerId(String id) {
    return id.startsWith("<") ? "<response-" + id.substring(1) : "response-" + id;
  }

  /** One call, written as an HTTP request of its own. */
  private static Request request(InputStream content) throws IOException {
    String call = new String(content.readNBytes(MAX_CALL_BYTES), UTF_8);
    String[] headAndBody = call.stripLeading().split("\r?\n\r?\n", 2);
    String[] head = headAndBody[0].split("\r?\n", -1);
    String[] start = head[0].split(" ", -1);
    int at = start.length < 2 ? -1 : start[1].indexOf(METADATA);
    if (at < 0) {
      throw ApiException.invalid("A batch holds calls below %s only: %s".formatted(METADATA, head[0]));
    }
    Map<String, String> headers = new HashMap<>();
    for (String header : head) {
      String[] pair = header.split(":", 2);
      headers.put(pair[0].toLowerCase(Locale.ROOT), pair.length == 1 ? "" : pair[1].strip());
    }
    String body = headAndBody.length == 1 ? "" : headAndBody[1];
    return Request.of(
        start[0],
        start[1].substring(at + METADATA.length()),
        name -> headers.get(name.toLowerCase(Locale.ROOT)),
        new ByteArrayInputStream(body.getBytes(UTF_8)));
  }

  private static void write(ByteArrayOutputStream answers, Reply reply) throws IOException {
    line(answers, "HTTP/1.1 %d Answered".formatted(reply.status()));
    reply.headers().forEach((name, value) -> line(answers, name + ": " + value));
    try (InputStream body = reply.body()) {
      byte[] bytes = body.readAllBytes();
      line(answers, "Content-Length: " + bytes.length);
      line(answers, "");
      answers.write(bytes);
      line(answers, "");
    }
  }

  private static void line(ByteArrayOutputStream out, String text) {
    out.writeBytes((text + "\r\n").getBytes(UTF_8));
  }
}
