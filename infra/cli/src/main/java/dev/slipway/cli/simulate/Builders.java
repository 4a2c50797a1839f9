package dev.slipway.cli.simulate;

import dev.slipway.release.BuildState;
import java.util.Optional;

/** How builds go once they are submitted: most succeed, some never end. */
final class Builders {

  private final World world;
  private final Agenda agenda;
  private final Deliveries deliveries;
  private final Luck luck;
  private final Notes notes;

  Builders(World world, Agenda agenda, Deliveries deliveries, Luck luck, Notes notes) {
    this.world = world;
    this.agenda = agenda;
    this.deliveries = deliveries;
    this.luck = luck;
    this.notes = notes;
  }

  /** Takes a build on. */
  void build(BuildState build, boolean calm) {
    notes.tally().count("builds");
    BuildState.Progress end = end(build);
    Runnable tell = () -> world.functions.advance().advance(build.release());
    deliveries.message("build WORKING", tell);
    if (calm || !luck.chance(30)) {
      agenda.later(luck.seconds(20, 900), () -> ended(build, end, tell));
    } else {
      notes.tally().count("builds that never end");
    }
  }

  private void ended(BuildState build, BuildState.Progress end, Runnable tell) {
    world.builds.finish(build.id(), end);
    notes.story().tell(() -> build.id() + " of " + build.release() + " ends: " + end);
    deliveries.message("build ended", tell);
  }

  private BuildState.Progress end(BuildState build) {
    int drawn = luck.below(100);
    if (drawn < 80) {
      return new BuildState.Succeeded("sha256:" + build.release().key(), Optional.empty());
    }
    return drawn < 90
        ? new BuildState.Broken("cargo failed", "error[E0308]")
        : new BuildState.Lost("INTERNAL_ERROR");
  }
}
