package dev.slipway.release;

/** What happens to a release a policy finds fault with. */
public enum Reaction {
  /** Nothing. */
  IGNORE,
  /** It is told, and the release goes on. */
  WARN,
  /** The release is rejected before it gets any traffic. */
  BLOCK
}
