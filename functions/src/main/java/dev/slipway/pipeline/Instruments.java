package dev.slipway.pipeline;

import dev.slipway.release.Evidence;
import dev.slipway.release.GatePolicy;
import dev.slipway.release.Measurements;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Rollout;
import dev.slipway.release.Signals;
import dev.slipway.release.Windows;
import dev.slipway.rollout.Logs;
import dev.slipway.rollout.Metrics;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a gate judges by, once a window and no more: the platform's quota is not for looks that
 * come seconds apart, and within a window nothing new can be judged. What could not be read is asked
 * for again.
 */
public final class Instruments {

  private static final int MOST = 64;

  private final Metrics metrics;
  private final Logs logs;
  private final GatePolicy policy;
  private final Clock clock;
  private final Map<Key, Read> last = new LinkedHashMap<>();

  public Instruments(Metrics metrics, Logs logs, GatePolicy policy, Clock clock) {
    this.metrics = metrics;
    this.logs = logs;
    this.policy = policy;
    this.clock = clock;
  }

  private record Key(ReleaseId release, Optional<String> region) {}

  /**
   * What was read last of a release in a region.
   *
   * @param windows that can be judged
   * @param begun how many windows of the step are over, readable or not
   */
  private record Read(Rollout rollout, Windows windows, int begun, Evidence evidence) {

    boolean isStillGood(Read now) {
      return rollout.equals(now.rollout)
          && windows.equals(now.windows)
          && begun == now.begun
          && evidence.measurements().problem().isEmpty()
          && evidence.signals().problem().isEmpty();
    }
  }

  /** What there is to judge a release by whose candidate serves since then. */
  Evidence read(ReleaseId id, Rollout rollout, Instant since) {
    if (!policy.enabled()) {
      return Evidence.NONE;
    }
    Instant now = clock.instant();
    Windows windows = Windows.of(since, policy.sampling(), now);
    int begun = Windows.of(since, policy.sampling().prompt(), now).count();
    Read wanted = new Read(rollout, windows, begun, Evidence.NONE);
    Key key = new Key(id, rollout.region());
    synchronized (last) {
      Read known = last.get(key);
      if (known != null && known.isStillGood(wanted)) {
        return known.evidence();
      }
    }
    Evidence evidence = new Evidence(measured(id, rollout, windows), logged(id, rollout, since));
    keep(key, new Read(rollout, windows, begun, evidence));
    return evidence;
  }

  private Measurements measured(ReleaseId id, Rollout rollout, Windows windows) {
    return windows.count() == 0
        ? Measurements.NONE
        : metrics.read(id.service(), rollout, windows);
  }

  private Signals logged(ReleaseId id, Rollout rollout, Instant since) {
    return logs.read(id.service(), rollout, since);
  }

  private void keep(Key key, Read read) {
    synchronized (last) {
      last.put(key, read);
      if (last.size() > MOST) {
        last.remove(last.keySet().iterator().next());
      }
    }
  }

  /** Reads a release's anew when it is asked for next. */
  void forget(ReleaseId id) {
    synchronized (last) {
      last.keySet().removeIf(key -> key.release().equals(id));
    }
  }
}
