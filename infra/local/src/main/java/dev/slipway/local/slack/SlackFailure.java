package dev.slipway.local.slack;

/** A way for Slack to fail, to be put in by tests and demonstrations. */
public sealed interface SlackFailure {

  /** HTTP 429 with {@code Retry-After}. */
  record RateLimited(int retryAfterSeconds) implements SlackFailure {}

  /** An HTTP status, as 500, with nothing sensible in the body. */
  record ServerError(int status) implements SlackFailure {}

  /** No answer until the sink is closed. */
  record Hang() implements SlackFailure {}
}
