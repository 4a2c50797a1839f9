package dev.slipway.pipeline;

import dev.slipway.build.Builds;
import dev.slipway.ledger.Catalog;
import dev.slipway.release.BuildState;
import dev.slipway.release.Release;
import dev.slipway.release.Stage;
import java.time.Clock;
import java.time.Duration;

/**
 * Stops builds nobody waits for: the release was cancelled or given up while a worker was just
 * submitting one, or that worker had stalled for so long that a rival's build was done by then.
 */
public final class Strays {

  /** Past it, Cloud Build's own time-out has ended the build. */
  private static final Duration LONGEST_BUILD = Duration.ofHours(1);

  private final Catalog catalog;
  private final Builds builds;
  private final Clock clock;

  public Strays(Catalog catalog, Builds builds, Clock clock) {
    this.catalog = catalog;
    this.builds = builds;
    this.clock = clock;
  }

  public void stop() {
    for (Release release : catalog.movedSince(clock.instant().minus(LONGEST_BUILD))) {
      if (isPastItsBuild(release.stage())) {
        builds.find(release.id()).stream()
            .filter(build -> build.progress() instanceof BuildState.Running)
            .forEach(build -> builds.cancel(build.id()));
      }
    }
  }

  /** A release never builds again once it has been built: another try is another release. */
  private static boolean isPastItsBuild(Stage stage) {
    return !(stage instanceof Stage.Received
        || stage instanceof Stage.Building
        || stage instanceof Stage.BuildLost);
  }
}
