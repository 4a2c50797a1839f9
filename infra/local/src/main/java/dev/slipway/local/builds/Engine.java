package dev.slipway.local.builds;

import java.util.function.Consumer;

/** What carries builds out. */
public interface Engine extends AutoCloseable {

  /**
   * Carries a build out and hands its outcome to {@code done}, exactly once: on the calling thread
   * before it returns, or later. A cancelled job is ended as soon as possible; its outcome no longer
   * matters, but that it ended does: the next build takes its place.
   */
  void run(Job job, Consumer<Outcome> done);

  /** Ends what is under way and waits for it. */
  @Override
  default void close() {}
}
