package dev.slipway.release;

import java.time.Duration;

/** What a smoke test found. */
public sealed interface SmokeResult {

  /**
   * Every request got a 2xx or 3xx answer.
   *
   * @param first time to the first answer, a cold start included
   */
  record Passed(int requests, Duration first) implements SmokeResult {}

  /** A request did not; {@code why} names it: {@code "GET /health answered 500: ..."}. */
  record Failed(String why) implements SmokeResult {}
}
