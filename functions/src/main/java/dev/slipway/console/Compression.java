package dev.slipway.console;

import dev.slipway.console.http.Reply;
import dev.slipway.console.http.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * Sends text compressed to whoever can read it so: the platform does not do that for us.
 *
 * <p>A page holds a secret, its form's token, beside text of others. That compression makes such a
 * page guessable (BREACH) takes many requests in the victim's name from another site; those come
 * without the cookie, which is {@code SameSite=Strict}, and so each gets another token.
 */
final class Compression {

  /** Less than this fits into one packet as it is. */
  private static final int LEAST = 1024;

  private Compression() {}

  static Reply on(Request request, Reply reply) {
    if (!(reply.body() instanceof Reply.Bytes bytes)
        || bytes.content().length < LEAST
        || !isText(reply)) {
      return reply;
    }
    Reply varied = reply.with("vary", "accept-encoding");
    return accepts(request)
        ? new Reply(varied.status(), varied.headers(), new Reply.Bytes(packed(bytes.content())))
            .with("content-encoding", "gzip")
        : varied;
  }

  private static boolean isText(Reply reply) {
    String type = reply.headers().getOrDefault("content-type", "");
    return type.startsWith("text/") || type.startsWith("application/json") || type.contains("svg");
  }

  private static boolean accepts(Request request) {
    return Arrays.stream(request.header("accept-encoding").orElse("").split(","))
        .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
        .anyMatch(coding -> coding.equals("gzip") || coding.matches("gzip;\\s*q=(1|0?\\.[1-9]).*"));
  }

  private static byte[] packed(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 2);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every byte", e);
    }
    return out.toByteArray();
  }
}
