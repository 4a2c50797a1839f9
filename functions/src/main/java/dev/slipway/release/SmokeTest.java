package dev.slipway.release;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a candidate must answer before it gets traffic.
 *
 * @param path absolute path, such as {@code /health}
 * @param timeout for each request
 * @param requests how many must succeed, one after another
 * @param status the statuses that count as success; any below 400 where empty
 * @param contains text the body of each answer must hold, within its first 64 KiB
 * @param maxFirstAnswer the longest the first answer may take, a cold start included
 * @param firstAnswerAgainstStable by how many percent it may take longer than the live release's
 *     did; not judged where that is not known
 * @param sigterm what is done about a program that does not end as it should when it is stopped
 * @param sigtermWithin the longest it may take to end
 */
public record SmokeTest(
    @Setting(
            value = "what is asked for; a crate's own `health` comes before it",
            pattern = "/[^\\s\\p{Cntrl}]{0,255}",
            form = "a path from /")
        String path,
    @Setting("for each request") Duration timeout,
    @Setting(value = "how many must succeed, one after another", min = 1, max = 100) int requests,
    @Setting(
            value = "the statuses that count as success; empty: any below 400",
            min = 100,
            max = 599)
        List<Integer> status,
    @Setting("text the body of every answer must hold, within its first 64 KiB")
        Optional<String> contains,
    @Setting("the longest the first answer may take, a cold start included")
        Optional<Duration> maxFirstAnswer,
    @Setting(
            value =
                "by how much the first answer may take longer than the live release's did; less"
                    + " than 100 ms more never counts, and nothing is judged where the live"
                    + " release's is not known",
            unit = "percent",
            max = 10_000)
        Optional<Integer> firstAnswerAgainstStable,
    @Setting(
            "what it means that the program, run once in its build, does not end on SIGTERM, or ends"
                + " with another exit code than 0 and 143: `warn`, `block` (the smoke test fails),"
                + " `ignore`. One that did not listen there, for want of a network or a secret, is"
                + " not judged")
        Reaction sigterm,
    @Setting("the longest it may take to end; Cloud Run kills it after 10 s") Duration sigtermWithin) {

  /** Three requests for the root, ten seconds each. */
  public static final SmokeTest DEFAULT =
      new SmokeTest(
          "/",
          Duration.ofSeconds(10),
          3,
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Reaction.WARN,
          TrialRun.GRACE);

  /** What a clock and a scheduler are off by. */
  private static final long NOISE_MILLIS = 100;

  public SmokeTest {
    status = List.copyOf(status);
    Positive.require("timeout", timeout);
    maxFirstAnswer.ifPresent(most -> Positive.require("maxFirstAnswer", most));
    Positive.require("sigtermWithin", sigtermWithin);
    if (sigtermWithin.compareTo(TrialRun.GRACE) > 0) {
      throw new IllegalArgumentException(
          "sigtermWithin must be 10s or less: Cloud Run waits no longer");
    }
  }

  /** The same of another path. */
  public SmokeTest at(String otherPath) {
    return new SmokeTest(
        otherPath, timeout, requests, status, contains, maxFirstAnswer, firstAnswerAgainstStable,
        sigterm, sigtermWithin);
  }

  /** The same so many times. */
  SmokeTest times(int count) {
    return new SmokeTest(
        path, timeout, count, status, contains, maxFirstAnswer, firstAnswerAgainstStable, sigterm,
        sigtermWithin);
  }

  /** Whether a status counts as success. */
  public boolean accepts(int answered) {
    return status.isEmpty() ? answered < 400 : status.contains(answered);
  }

  /**
   * What is wrong with how long the first answer took, if anything.
   *
   * @param stableMillis how long the live release's took, where that is known
   */
  Optional<String> tooSlow(long millis, Optional<Long> stableMillis) {
    Optional<String> absolute =
        maxFirstAnswer
            .filter(most -> millis > most.toMillis())
            .map(
                most ->
                    "its first answer took %d ms, the policy allows %d ms"
                        .formatted(millis, most.toMillis()));
    return absolute.or(() -> stableMillis.flatMap(stable -> slowerThan(millis, stable)));
  }

  /** What is wrong with how the program ended when its build stopped it, if anything. */
  Optional<Finding> deaf(TrialRun run) {
    return sigterm == Reaction.IGNORE
        ? Optional.empty()
        : run.fault(sigtermWithin).map(fault -> Finding.of("sigterm", fault));
  }

  private Optional<String> slowerThan(long millis, long stable) {
    return firstAnswerAgainstStable
        .filter(percent -> (millis - stable) * 100 > stable * percent)
        .filter(percent -> millis - stable > NOISE_MILLIS)
        .map(
            percent ->
                "its first answer took %d ms, the live release's %d ms; the policy allows %d %% more"
                    .formatted(millis, stable, percent));
  }
}
