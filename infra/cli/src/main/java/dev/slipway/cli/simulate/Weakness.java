package dev.slipway.cli.simulate;

/** A safeguard that is taken away, to see that the simulation notices. */
enum Weakness {
  NONE,
  /** Changes of a service that rest on an old reading are taken, and its epoch is forgotten. */
  NO_FENCE,
  /** Each delivery of an upload's event looks like an upload of its own. */
  NO_DEDUPE,
  /** The ledger is written whatever has become of it since it was read. */
  NO_COMPARE_AND_SET,
  /** A build that was submitted is not found by its release's tag. */
  NO_ADOPTION,
  /** Whatever a revision answers, it is measured to be well. */
  NO_MEASURING
}
