package dev.slipway.notify;

import java.time.Duration;

/** Slack took nothing and says when to come again. */
final class RateLimitedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Duration retryAfter;

  RateLimitedException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  Duration retryAfter() {
    return retryAfter;
  }
}
