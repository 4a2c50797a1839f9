package dev.slipway.pipeline;

import dev.slipway.build.Builds;
import dev.slipway.ledger.Ledger;
import dev.slipway.release.BuildState;
import dev.slipway.release.Release;
import dev.slipway.release.Stage;
import java.util.Optional;

/**
 * Stops builds nobody waits for: the release was cancelled or given up while a worker was just
 * submitting one, or that worker had stalled for so long that a rival's build was done by then.
 */
public final class Strays {

  private final Ledger ledger;
  private final Builds builds;

  public Strays(Ledger ledger, Builds builds) {
    this.ledger = ledger;
    this.builds = builds;
  }

  /** Asks once what runs, however many releases there are, and then of each what it is for. */
  public void stop() {
    for (BuildState build : builds.running()) {
      Optional<Release> release = ledger.view(build.release()).release();
      if (release.map(Release::stage).filter(Strays::isPastItsBuild).isPresent()) {
        builds.cancel(build.id());
      }
    }
  }

  /** A release never builds again once it has been built: another try is another release. */
  private static boolean isPastItsBuild(Stage stage) {
    return !(stage instanceof Stage.Received
        || stage instanceof Stage.BuildQueued
        || stage instanceof Stage.Building
        || stage instanceof Stage.BuildLost);
  }
}
