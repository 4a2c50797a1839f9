package dev.slipway.console;

import dev.slipway.console.http.Reply;
import dev.slipway.console.http.Request;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Spares a browser what it has already. */
final class EntityTag {

  private static final int DIGITS = 24;

  private EntityTag() {}

  /** The reply with its content's tag, or {@code 304} when the requester has just that. */
  static Reply on(Request request, Reply reply) {
    if (!request.isReading()
        || reply.status() != 200
        || !(reply.body() instanceof Reply.Bytes bytes)) {
      return reply;
    }
    // A weak one: the same content may be sent compressed.
    String tag = "W/\"" + hash(bytes.content()) + "\"";
    return request.header("if-none-match").filter(tag::equals).isPresent()
        ? new Reply(304, Map.of("etag", tag), new Reply.Bytes(new byte[0]))
        : reply.with("etag", tag);
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
