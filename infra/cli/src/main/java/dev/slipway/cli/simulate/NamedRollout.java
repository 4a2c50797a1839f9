package dev.slipway.cli.simulate;

import dev.slipway.cli.simulate.Users.Behaviour;
import dev.slipway.release.SmokeResult;
import java.time.Duration;
import java.util.List;

/**
 * A rollout as teams know it.
 *
 * @param what in a sentence
 * @param policy what differs from the default policy
 * @param perMinute requests of users
 * @param stable how what serves does
 * @param candidate how the candidate does
 * @param stableSmoke what the smoke test of the first found, when it was new
 * @param candidateSmoke what the candidate's finds
 */
record NamedRollout(
    String name,
    String what,
    String policy,
    double perMinute,
    Behaviour stable,
    Behaviour candidate,
    SmokeResult stableSmoke,
    SmokeResult candidateSmoke) {

  private static final Duration QUICK = Duration.ofMillis(240);
  private static final double BUSY = 600;
  private static final double NORMAL = 0.002;
  private static final Behaviour WELL = Behaviour.always(NORMAL);

  /** With smoke tests that pass. */
  NamedRollout(
      String name,
      String what,
      String policy,
      double perMinute,
      Behaviour stable,
      Behaviour candidate) {
    this(name, what, policy, perMinute, stable, candidate, passed(QUICK), passed(QUICK));
  }

  private static SmokeResult passed(Duration first) {
    return new SmokeResult.Passed(3, first);
  }

  private static double minutes(Duration served) {
    return served.toSeconds() / 60.0;
  }

  /** Those of the report, in its order. */
  static final List<NamedRollout> ALL =
      List.of(
          new NamedRollout(
              "Healthy",
              "Of a thousand requests two fail, as they did before.",
              "",
              BUSY,
              WELL,
              WELL),
          new NamedRollout(
              "Slow burn",
              "It begins well; from its sixth minute on, each minute one in a hundred more of its"
                  + " requests fails: a leak.",
              "",
              BUSY,
              WELL,
              served -> NORMAL + Math.max(0, minutes(served) - 6) * 0.01),
          new NamedRollout(
              "Slower than the watch",
              "The same leak, but it begins in the twelfth minute and grows half as fast: when the"
                  + " watch ends, what can be read does not condemn it yet. A team that knows such"
                  + " leaks sets a longer watch.",
              "",
              BUSY,
              WELL,
              served -> NORMAL + Math.max(0, minutes(served) - 12) * 0.005),
          new NamedRollout(
              "The same, watched for an hour",
              "With a longer watch it is found and taken back.",
              "watch: 1h",
              BUSY,
              WELL,
              served -> NORMAL + Math.max(0, minutes(served) - 12) * 0.005),
          new NamedRollout(
              "Instant 500s",
              "It passes its smoke test, then each request of a user fails.",
              "",
              BUSY,
              WELL,
              Behaviour.always(1)),
          new NamedRollout(
              "A fifth fails",
              "It passes its smoke test, then every fifth request fails.",
              "",
              BUSY,
              WELL,
              Behaviour.always(0.2)),
          new NamedRollout(
              "Flapping",
              "Every third minute 4 % of its requests fail, in the others none.",
              "",
              BUSY,
              WELL,
              served -> (long) minutes(served) % 3 == 2 ? 0.04 : 0),
          new NamedRollout(
              "No traffic",
              "Nobody asks anything: what can be known, Slipway's own requests tell.",
              "",
              0,
              WELL,
              WELL),
          new NamedRollout(
              "No traffic, none of our own",
              "Nobody asks anything, and the policy sends no requests: silence promotes nothing.",
              "gate: {syntheticRequests: 0}",
              0,
              WELL,
              WELL),
          new NamedRollout(
              "Bad stable",
              "What serves fails every tenth request; the candidate mends it.",
              "",
              BUSY,
              Behaviour.always(0.1),
              Behaviour.always(0.001)),
          new NamedRollout(
              "Cold-start regression",
              "Its first answer takes 2.6 s, the live release's took 0.24 s; the policy allows half"
                  + " as much again.",
              "smoke: {firstAnswerAgainstStable: 50}",
              BUSY,
              WELL,
              WELL,
              passed(QUICK),
              passed(Duration.ofMillis(2600))));
}
