package dev.slipway.cli.simulate;

import dev.slipway.release.Histogram;
import dev.slipway.release.JobState;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceState.Readiness;
import dev.slipway.release.Signal;
import dev.slipway.release.SmokeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How each revision of a simulation fares: most are well, some never start, break later, fail their
 * smoke test, or fail users once they serve. By the seed and the revision's name, and not by when it
 * is first looked at, so that one look more changes nothing.
 */
final class Candidates {

  /** So large a share of requests fails where a revision is bad to users. */
  static final double BAD = 0.2;

  /**
   * How a revision fares.
   *
   * @param answers whether it passes its smoke test
   * @param bad whether it fails users
   * @param panics whether its log tells of a panic that no other's does
   * @param frail whether it fails users once it has a region's traffic alone, and not before
   */
  private record Health(
      Readiness from,
      Instant change,
      Readiness then,
      boolean answers,
      boolean bad,
      boolean panics,
      boolean frail) {}

  /** A revision that has all the traffic of a region. */
  private record Alone(String region, String revision) {}

  private final long seed;
  private final VirtualClock clock;
  private final long perMinute;
  private final Map<String, Health> health = new HashMap<>();
  private final Map<Alone, Instant> alone = new HashMap<>();

  Candidates(long seed, VirtualClock clock) {
    this.seed = seed;
    this.clock = clock;
    int kind = new Random(seed).nextInt(10);
    perMinute = kind == 0 ? 0 : kind == 1 ? 7 : 500;
  }

  /** Whether users ask often enough for a gate to judge by. */
  boolean areBusy() {
    return perMinute >= 500;
  }

  Readiness readiness(String revision) {
    Health of = of(revision);
    return clock.now().isBefore(of.change()) ? of.from() : of.then();
  }

  /** How a release's job ends, if it does. */
  JobState job(ReleaseId release) {
    int drawn = new Random(seed ^ release.toString().hashCode()).nextInt(100);
    if (drawn < 85) {
      return new JobState.Succeeded();
    }
    return drawn < 95 ? new JobState.Failed("exit code 1") : new JobState.Running();
  }

  SmokeResult smoke(String uri) {
    return of(uri.substring(uri.lastIndexOf('/') + 1)).answers()
        ? new SmokeResult.Passed(3, Duration.ofMillis(5))
        : new SmokeResult.Failed("GET / answered 500");
  }

  /** Whether it passes every test and fails users all the same. */
  boolean isBad(String revision) {
    return of(revision).bad();
  }

  /** From now on it has all the traffic of that region. */
  void alone(String region, String revision) {
    alone.putIfAbsent(new Alone(region, revision), clock.instant());
  }

  /** Whether it fails users where it has all the traffic alone, and nowhere else. */
  boolean isFrail(String revision) {
    return of(revision).frail();
  }

  /** What users got in that time, if each revision had so many requests. */
  dev.slipway.release.Tally answered(String region, String revision, Instant from, Instant to) {
    long requests = perMinute * Duration.between(from, to).toSeconds() / 60;
    Instant since = alone.getOrDefault(new Alone(region, revision), Instant.MAX);
    boolean fails = of(revision).bad() || (isFrail(revision) && !from.isBefore(since));
    long errors = fails ? Math.round(requests * BAD) : 0;
    return new dev.slipway.release.Tally(requests, errors, Histogram.EMPTY);
  }

  List<Signal> logged(String revision) {
    return of(revision).panics()
        ? List.of(
            new Signal(
                Signal.Kind.PANIC, "panicked at " + revision, "panicked at src/main.rs:1", 1))
        : List.of();
  }

  private Health of(String revision) {
    return health.computeIfAbsent(revision, this::draw);
  }

  private Health draw(String revision) {
    Random own = new Random(seed ^ revision.hashCode());
    int kind = own.nextInt(100);
    boolean answers = own.nextInt(100) < 88;
    Readiness ready = new Readiness.Ready();
    Readiness broken = new Readiness.Broken("exited with 101");
    Readiness starting = new Readiness.Starting();
    Instant soon = clock.now().plusSeconds(own.nextInt(60));
    int later = own.nextInt(3600);
    boolean bad = own.nextInt(100) < 12;
    boolean panics = own.nextInt(100) < 4;
    boolean frail = own.nextInt(100) < 12;
    if (kind < 78) {
      return new Health(starting, soon, ready, answers, bad, panics, frail);
    }
    if (kind < 88) {
      return new Health(starting, soon, broken, answers, bad, panics, frail);
    }
    return kind < 93
        ? new Health(starting, Instant.MAX, starting, answers, bad, panics, frail)
        : new Health(ready, clock.now().plusSeconds(later), broken, answers, bad, panics, frail);
  }
}
