package dev.slipway.release;

import java.time.Duration;

/** How long a crate's {@code job} may take. */
public record JobTerms(
    @Setting("after it, a crate's `job`, run once before its candidate is deployed, is ended")
        Duration deadline) {

  /** Ten minutes. */
  public static final JobTerms DEFAULT = new JobTerms(Duration.ofMinutes(10));

  public JobTerms {
    Positive.require("deadline", deadline);
  }
}
