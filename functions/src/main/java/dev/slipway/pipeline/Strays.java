package dev.slipway.pipeline;

import dev.slipway.ledger.Catalog;
import dev.slipway.release.Decision;
import dev.slipway.release.Release;
import java.time.Clock;
import java.time.Duration;

/**
 * Stops builds that outlived their release: it was cancelled or given up while a worker was just
 * submitting one, or died before it could stop it.
 */
public final class Strays {

  /** Past it, Cloud Build's own time-out has ended the build. */
  private static final Duration LONGEST_BUILD = Duration.ofHours(1);

  private final Catalog catalog;
  private final Advance advance;
  private final Clock clock;

  public Strays(Catalog catalog, Advance advance, Clock clock) {
    this.catalog = catalog;
    this.advance = advance;
    this.clock = clock;
  }

  public void stop() {
    for (Release release : catalog.movedSince(clock.instant().minus(LONGEST_BUILD))) {
      if (Decision.mayLeaveABuild(release.stage())) {
        advance.advance(release.id());
      }
    }
  }
}
