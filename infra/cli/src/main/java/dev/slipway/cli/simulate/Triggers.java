package dev.slipway.cli.simulate;

import dev.slipway.release.Command;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Upload;
import java.util.List;

/** What sets the functions to work: ticks, uploads, commands and what the ledger publishes. */
final class Triggers {

  private final World world;
  private final Deliveries deliveries;
  private final Weakness weakness;

  Triggers(World world, Deliveries deliveries, Weakness weakness) {
    this.world = world;
    this.deliveries = deliveries;
    this.weakness = weakness;
  }

  /** Two functions hear it. */
  void tick() {
    deliveries.invoke("tick", world.functions.building()::sweep, 0);
    deliveries.invoke("tick", world.functions.deploying()::sweep, 0);
  }

  void uploaded(Upload upload) {
    deliveries.message(
        "finalized " + upload.object(),
        () ->
            world.functions.intake().receive(
                weakness == Weakness.NO_DEDUPE ? world.bucket.again(upload) : upload));
  }

  void published(ReleaseId release) {
    deliveries.message("event of " + release, () -> world.functions.notifier().announce(release));
  }

  void commanded(Command command) {
    deliveries.message("command " + command, () -> world.functions.commands().obey(command));
  }

  /** As many people as any policy asks for want the same, and what they say arrives. */
  void ordered(Command.Kind kind, ReleaseId release) {
    for (String who : List.of("alice", "bob")) {
      deliveries.invoke(
          kind + " by " + who,
          () -> world.functions.commands().obey(new Command(kind, release, who, "to go on")),
          Deliveries.REDELIVERIES);
    }
  }
}
