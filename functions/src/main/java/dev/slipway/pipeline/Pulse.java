package dev.slipway.pipeline;

import dev.slipway.ledger.Catalog;
import dev.slipway.release.Release;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Says with each sweep, in one line that an alert listens for, how long the release that has rested
 * longest has rested. That there is a line says that sweeps go on.
 */
public final class Pulse {

  private static final Logger LOG = System.getLogger(Pulse.class.getName());

  private final Catalog catalog;
  private final Clock clock;

  public Pulse(Catalog catalog, Clock clock) {
    this.catalog = catalog;
    this.clock = clock;
  }

  public void beat() {
    LOG.log(Level.INFO, line());
  }

  /** {@code sweep: oldest_seconds=N RELEASE}; 0 and no release when none is on its way. */
  String line() {
    Optional<Release> oldest = catalog.longestResting();
    long seconds =
        oldest
            .map(release -> Duration.between(release.since(), clock.instant()).toSeconds())
            .orElse(0L);
    String line = "sweep: oldest_seconds=" + Math.max(0, seconds);
    return oldest.map(release -> line + " " + release.id()).orElse(line);
  }
}
