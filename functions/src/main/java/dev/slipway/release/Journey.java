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
 * @param verdicts what the gate found at each step, oldest first
 * @param prepared whether its job ended well
 * @param origin where it was promoted from; empty where it was built here
 */
public record Journey(
    int attempt,
    Optional<ReleaseId> retryOf,
    Optional<ReleaseId> retriedAs,
    Optional<Long> firstMillis,
    List<Vote> approvals,
    Optional<Vote> override,
    List<Verdict> verdicts,
    boolean prepared,
    Optional<Origin> origin) {

  /** A first try nobody added anything to. */
  public static final Journey NONE =
      new Journey(
          1,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          List.of(),
          false,
          Optional.empty());

  @SuppressWarnings("NullAway") // one written before there was a gate has no verdicts
  public Journey {
    approvals = List.copyOf(approvals);
    verdicts = verdicts == null ? List.of() : List.copyOf(verdicts);
  }

  Journey retrying(ReleaseId of, int nth) {
    return new Journey(nth, Optional.of(of), retriedAs, firstMillis, approvals, override,
        verdicts, prepared, origin);
  }

  Journey retriedAs(ReleaseId as) {
    return new Journey(attempt, retryOf, Optional.of(as), firstMillis, approvals, override,
        verdicts, prepared, origin);
  }

  Journey answeredIn(long millis) {
    return new Journey(attempt, retryOf, retriedAs, Optional.of(millis), approvals, override,
        verdicts, prepared, origin);
  }

  Journey approvedBy(Vote vote) {
    List<Vote> votes = new ArrayList<>(approvals);
    votes.add(vote);
    return new Journey(attempt, retryOf, retriedAs, firstMillis, votes, override, verdicts,
        prepared, origin);
  }

  Journey overriddenBy(Vote vote) {
    return new Journey(attempt, retryOf, retriedAs, firstMillis, approvals, Optional.of(vote),
        verdicts, prepared, origin);
  }

  Journey judged(Verdict verdict) {
    List<Verdict> all = new ArrayList<>(verdicts);
    all.add(verdict);
    return new Journey(attempt, retryOf, retriedAs, firstMillis, approvals, override, all,
        prepared, origin);
  }

  Journey withJobDone() {
    return new Journey(attempt, retryOf, retriedAs, firstMillis, approvals, override, verdicts,
        true, origin);
  }

  Journey from(Origin where) {
    return new Journey(attempt, retryOf, retriedAs, firstMillis, approvals, override, verdicts,
        prepared, Optional.of(where));
  }
}
