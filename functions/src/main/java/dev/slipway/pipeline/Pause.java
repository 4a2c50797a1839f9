package dev.slipway.pipeline;

import java.time.Duration;

/** Waits, within one invocation, for a platform to settle. */
public interface Pause {

  /** Returns {@code span} later. */
  void pause(Duration span);
}
