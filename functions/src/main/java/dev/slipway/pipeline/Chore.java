package dev.slipway.pipeline;

/** What a tick sees to besides moving releases. */
public interface Chore {

  /** What it sees to, for the log. */
  String about();

  /**
   * Does it.
   *
   * @throws RuntimeException when it must be left to the next tick
   */
  void run();
}
