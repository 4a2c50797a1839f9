package dev.slipway.cli.simulate;

import com.google.common.base.Splitter;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceState.Readiness;
import dev.slipway.release.Stage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** I1, I3, I4 and I5 of the design, as far as they show at one moment. */
final class Glance {

  private final World world;

  private Glance(World world) {
    this.world = world;
  }

  /** Looks whether they hold. */
  static void at(World world) {
    Glance glance = new Glance(world);
    glance.builds();
    glance.ledger();
    world.services.history.forEach(glance::split);
    glance.rollouts();
  }

  private void builds() {
    for (ReleaseId id : world.ledger.releases.keySet()) {
      require(world.builds.effective(id) <= 1, "I1: more than one build of " + id);
    }
  }

  private void ledger() {
    Map<ReleaseId, Long> sequences = new LinkedHashMap<>();
    world.ledger.entries.forEach(
        e -> require(e.sequence() == sequences.merge(e.release(), 1L, Long::sum), "I3: " + e));
  }

  private void split(String split) {
    int sum = 0;
    for (String share : Splitter.on(' ').split(split)) {
      sum += Integer.parseInt(share.substring(share.indexOf('=') + 1));
      String revision = share.substring(0, share.indexOf('='));
      require(
          split.contains("=100")
              || world.services.readiness.apply(revision) instanceof Readiness.Ready,
          "I4: traffic to a revision that is not ready: " + split);
    }
    require(sum == 100, "I4: " + split);
  }

  private void rollouts() {
    List<Release> rollouts =
        world.ledger.releases.values().stream()
            .filter(
                r -> r.stage() instanceof Stage.Candidate || r.stage() instanceof Stage.Canary)
            .toList();
    require(rollouts.size() <= 1, "I5: " + rollouts);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
