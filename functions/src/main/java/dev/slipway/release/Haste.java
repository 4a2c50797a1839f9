package dev.slipway.release;

/** How a rollout's steps are taken. */
public enum Haste {
  /** Each when the hold of the one before is over. */
  NONE,
  /** The next at once. */
  NEXT_STEP,
  /** All traffic at once. */
  ALL
}
