package dev.slipway.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What people and the candidate itself added to a release on its way.
 *
 * @param attempt 1, or more for another try of the same upload
 * @param retryOf the release it is another try of
 * @param retriedAs the release that is another try of it
 * @param firstMillis how long its candidate took for the first answer, in milliseconds
 * @param approvals who consented to its rollout
 * @param override who let it begin in spite of a freeze
 */
public record Journey(
    int attempt,
    Optional<ReleaseId> retryOf,
    Optional<ReleaseId> retriedAs,
    Optional<Long> firstMillis,
    List<Vote> approvals,
    Optional<Vote> override) {

  /** A first try nobody added anything to. */
  public static final Journey NONE =
      new Journey(
          1, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());

  public Journey {
    approvals = List.copyOf(approvals);
  }

  Journey retrying(ReleaseId of, int nth) {
    return new Journey(nth, Optional.of(of), retriedAs, firstMillis, approvals, override);
  }

  Journey retriedAs(ReleaseId as) {
    return new Journey(attempt, retryOf, Optional.of(as), firstMillis, approvals, override);
  }

  Journey answeredIn(long millis) {
    return new Journey(attempt, retryOf, retriedAs, Optional.of(millis), approvals, override);
  }

  Journey approvedBy(Vote vote) {
    List<Vote> votes = new ArrayList<>(approvals);
    votes.add(vote);
    return new Journey(attempt, retryOf, retriedAs, firstMillis, votes, override);
  }

  Journey overriddenBy(Vote vote) {
    return new Journey(attempt, retryOf, retriedAs, firstMillis, approvals, Optional.of(vote));
  }
}
