package dev.slipway.ledger;

import dev.slipway.release.Plan;
import java.time.Instant;
import java.util.Optional;

/** What platforms said to questions, kept until nobody can be waiting for it. */
public interface Opinions {

  /** The answer to a question; empty until it is there. */
  Optional<Plan.Check> find(String question);

  /**
   * Leaves the answer to a question; the first one stays.
   *
   * @param until when it may be deleted
   */
  void leave(String question, Plan.Check answer, Instant until);
}
