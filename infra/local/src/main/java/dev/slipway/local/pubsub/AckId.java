package dev.slipway.local.pubsub;

import dev.slipway.local.server.Calls;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The receipt of one delivery of one message. */
record AckId(String messageId, long lease) {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})-([0-9a-f]{1,15})");

  /**
   * Reads one back.
   *
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT when it is none of ours
   */
  static AckId parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw Calls.invalid(
          "You have passed an invalid ack ID to the service (ack_id=%s).".formatted(text));
    }
    return new AckId(matcher.group(1), Long.parseLong(matcher.group(2), 16));
  }

  @Override
  public String toString() {
    return messageId + "-" + Long.toHexString(lease);
  }
}
