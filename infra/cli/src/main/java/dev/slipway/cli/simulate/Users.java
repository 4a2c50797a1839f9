package dev.slipway.cli.simulate;

import dev.slipway.release.Histogram;
import dev.slipway.release.Tally;
import dev.slipway.release.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Users who ask so many times a minute, spread by the service's traffic; what they get follows from
 * the revision and from how long it has served.
 */
final class Users implements SimulatedMeasures.Answers {

  /** How a revision does. */
  @FunctionalInterface
  interface Behaviour {
    /** The share of requests that fail, 0 to 1, so long after its first request. */
    double failing(Duration served);

    /** The same at any time. */
    static Behaviour always(double share) {
      return served -> share;
    }
  }

  /** Requests, and how many of them failed. */
  record Count(double requests, double failed) {
    Count plus(Count other) {
      return new Count(requests + other.requests, failed + other.failed);
    }
  }

  private record Split(Instant from, Map<String, Integer> percent) {}

  private final VirtualClock clock;
  private final double perMinute;
  private final List<Split> splits = new ArrayList<>();
  private final Map<String, Instant> first = new HashMap<>();
  private final Map<String, Behaviour> behaviours = new HashMap<>();

  Users(VirtualClock clock, double perMinute) {
    this.clock = clock;
    this.perMinute = perMinute;
  }

  void know(String revision, Behaviour behaviour) {
    behaviours.put(revision, behaviour);
  }

  /** From now on requests are spread so. */
  void split(Traffic traffic) {
    Map<String, Integer> percent = new HashMap<>();
    traffic.shares().forEach(share -> percent.put(share.revision(), share.percent()));
    splits.add(new Split(clock.now(), percent));
    percent.keySet().forEach(revision -> first.putIfAbsent(revision, clock.now()));
  }

  /** The share a revision has now, in percent. */
  int share(String revision) {
    return share(revision, clock.now());
  }

  private int share(String revision, Instant at) {
    for (Split split : splits.reversed()) {
      if (!split.from().isAfter(at)) {
        return split.percent().getOrDefault(revision, 0);
      }
    }
    return 0;
  }

  @Override
  public Tally of(String revision, Instant from, Instant to) {
    Count count = count(revision, from, to);
    return new Tally(Math.round(count.requests()), Math.round(count.failed()), Histogram.EMPTY);
  }

  /** What users asked of a revision in that time, second by second. */
  Count count(String revision, Instant from, Instant to) {
    Behaviour behaviour = behaviours.getOrDefault(revision, Behaviour.always(0));
    Count sum = new Count(0, 0);
    for (Instant at = from; at.isBefore(to); at = at.plusSeconds(1)) {
      double requests = perMinute / 60 * share(revision, at) / 100;
      if (requests > 0) {
        Duration served = Duration.between(first.getOrDefault(revision, at), at);
        sum = sum.plus(new Count(requests, requests * behaviour.failing(served)));
      }
    }
    return sum;
  }
}
