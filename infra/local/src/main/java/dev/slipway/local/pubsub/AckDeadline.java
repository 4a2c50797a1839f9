package dev.slipway.local.pubsub;

import dev.slipway.local.server.Calls;
import java.time.Duration;

/** Deadlines as clients ask for them. */
final class AckDeadline {

  private static final int MAX_SECONDS = 600;

  private AckDeadline() {}

  /**
   * The deadline of so many seconds, 0 meaning a nack.
   *
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT when out of bounds
   */
  static Duration of(int seconds) {
    if (seconds < 0 || seconds > MAX_SECONDS) {
      throw Calls.invalid(
          ("The value for ack_deadline_seconds is out of bounds. You passed %d in the"
              + " request, but it must be between 0 and %d.")
              .formatted(seconds, MAX_SECONDS));
    }
    return Duration.ofSeconds(seconds);
  }
}
