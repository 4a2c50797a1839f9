package dev.slipway.local.events;

/**
 * Which events call which function.
 *
 * @param name unique, as {@code "build-uploads"}
 * @param function the name the function is hosted under
 */
public record Trigger(String name, Filter filter, String function) {

  /** What an event must be. */
  public sealed interface Filter {}

  /** An object became complete in {@code bucket}, new or as a new generation. */
  public record ObjectFinalized(String bucket) implements Filter {}

  /** A message was published to {@code topic} (its short name). */
  public record MessagePublished(String topic) implements Filter {}
}
