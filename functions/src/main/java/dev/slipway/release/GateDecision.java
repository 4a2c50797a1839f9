package dev.slipway.release;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a gate makes of the evidence: whether a step, or the time a release is watched for, is over
 * and well.
 */
final class GateDecision {

  private final GatePolicy policy;
  private final Instant since;
  private final Instant end;
  private final Instant now;

  private GateDecision(GatePolicy policy, Instant since, Duration hold, Instant now) {
    this.policy = policy;
    this.since = since;
    end = since.plus(hold);
    this.now = now;
  }

  /** What is to be done. */
  enum Action {
    /** It is over, and the revision is healthy. */
    GO_ON,
    /** Nothing yet. */
    WAIT,
    /** Nothing yet, but too few requests come: send some. */
    SAMPLE,
    /** It cannot be judged: a person decides. */
    PAUSE,
    /** The revision is unhealthy. */
    GIVE_UP
  }

  /**
   * A ruling.
   *
   * @param why in words
   * @param verdict what it rests on; empty where nothing is judged
   */
  record Ruling(Action action, String why, Optional<Verdict> verdict) {}

  /** The ruling on a step that began {@code since} and is to last at least {@code hold}. */
  static Ruling of(
      GatePolicy policy, Instant since, Duration hold, Instant now, Evidence evidence) {
    return new GateDecision(policy, since, hold, now).rule(evidence);
  }

  private Ruling rule(Evidence evidence) {
    boolean over = !now.isBefore(end);
    if (!policy.enabled()) {
      return new Ruling(over ? Action.GO_ON : Action.WAIT, "it holds", Optional.empty());
    }
    Windows windows = Windows.of(since, policy.sampling(), now);
    Verdict verdict = Diagnosis.of(policy, windows, evidence);
    return switch (verdict.outcome()) {
      case UNHEALTHY -> ruling(Action.GIVE_UP, verdict);
      case HEALTHY -> ruling(over ? Action.GO_ON : Action.WAIT, verdict);
      case INCONCLUSIVE, ERROR ->
          ruling(
              over && isLongOver()
                  ? undecided(verdict)
                  : isWanting(windows, verdict, evidence) ? Action.SAMPLE : Action.WAIT,
              verdict);
    };
  }

  private static Ruling ruling(Action action, Verdict verdict) {
    String what =
        switch (verdict.outcome()) {
          case HEALTHY -> "healthy: ";
          case UNHEALTHY -> "unhealthy: ";
          case INCONCLUSIVE -> "cannot be judged yet: ";
          case ERROR -> "cannot be judged: ";
        };
    return new Ruling(action, what + verdict.reason(), Optional.of(verdict));
  }

  /** Whether it was waited for as long as the policy wants, once all of it can be read. */
  private boolean isLongOver() {
    GatePolicy.Sampling sampling = policy.sampling();
    Duration patience =
        sampling.window().multipliedBy(policy.tolerance().inconclusiveLimit());
    return !now.isBefore(end.plus(sampling.lag()).plus(patience));
  }

  /** What cannot be read, or is not clear with requests enough, passes by no policy. */
  private Action undecided(Verdict verdict) {
    boolean tooFew =
        verdict.outcome() == Verdict.Outcome.INCONCLUSIVE
            && verdict.requests() < policy.sampling().minRequests();
    return switch (policy.tolerance().noData()) {
      case PAUSE -> Action.PAUSE;
      case PASS -> tooFew ? Action.GO_ON : Action.PAUSE;
      case FAIL -> tooFew ? Action.GIVE_UP : Action.PAUSE;
    };
  }

  /** Whether users send fewer requests than Slipway would, and it has sent none in this window. */
  private boolean isWanting(Windows windows, Verdict verdict, Evidence evidence) {
    int each = policy.sampling().syntheticRequests();
    Duration past = Duration.between(since, now);
    Instant current =
        since.plus(windows.length().multipliedBy(past.isNegative() ? 0 : past.dividedBy(windows.length())));
    return windows.count() > 0
        && verdict.outcome() == Verdict.Outcome.INCONCLUSIVE
        && verdict.requests() < (long) each * windows.count()
        && !evidence.signals().synthetic().since(current);
  }
}
