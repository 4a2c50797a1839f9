package dev.slipway.release;

import java.time.Instant;

/** What one person decided, and why. */
public record Vote(String by, String reason, Instant at) {

  @Override
  public String toString() {
    return reason.isBlank() ? by : by + ": " + reason;
  }
}
