package dev.slipway.cli.simulate;

import dev.slipway.release.Command;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceState.Readiness;
import dev.slipway.release.Stage;
import dev.slipway.release.Upload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A team: uploads, gives commands, reasonable or not, and changes the service by other means. */
final class People {

  private final World world;
  private final Luck luck;
  private final Notes notes;
  private final List<Upload> uploads = new ArrayList<>();

  /** Whether the traffic was last changed by them. */
  private boolean pinned;

  People(World world, Luck luck, Notes notes) {
    this.world = world;
    this.luck = luck;
    this.notes = notes;
  }

  boolean changedTrafficLast() {
    return pinned;
  }

  /** Slipway changed the traffic. */
  void overtaken() {
    pinned = false;
  }

  /** What they uploaded, in order. */
  List<Upload> uploads() {
    return uploads;
  }

  /**
   * A crate, or the wish for what is live in the environment before.
   *
   * @param number which of theirs it is
   */
  void upload(int number, Consumer<Upload> send) {
    Upload upload =
        luck.chance(100)
            ? world.promoted("p" + number)
            : world.put("hello-" + number + ".crate", "v" + luck.below(4));
    uploads.add(upload);
    notes.tally().count("uploads");
    notes.story().tell(() -> "upload of " + upload);
    send.accept(upload);
  }

  /** Any command about any release. */
  void command(Consumer<Command> send) {
    List<ReleaseId> all = List.copyOf(world.ledger.releases.keySet());
    if (!all.isEmpty()) {
      Command.Kind[] kinds = Command.Kind.values();
      notes.tally().count("commands");
      send.accept(
          new Command(
              kinds[luck.below(kinds.length)],
              all.get(luck.below(all.size())),
              luck.coin() ? "alice" : "bob",
              "because"));
    }
  }

  /** A change of the service by other means than Slipway's. */
  void edit() {
    List<String> revisions = List.copyOf(world.services.revisions(World.HELLO.value()));
    if (revisions.isEmpty()) {
      return;
    }
    notes.tally().count("edits by hand");
    if (luck.chance(700)) {
      notes.story().tell(() -> "a person changes the service, not its traffic");
      world.services.touch(World.HELLO.value());
    } else {
      String revision = revisions.get(luck.below(revisions.size()));
      notes.story().tell(() -> "a person gives all traffic to " + revision);
      world.services.pin(World.HELLO.value(), revision);
      pinned = true;
    }
  }

  /**
   * What a team does that finds a release waiting for it.
   *
   * @param order takes a kind of command and the release it is about
   */
  void setRight(BiConsumer<Command.Kind, ReleaseId> order) {
    for (Release release : List.copyOf(world.ledger.releases.values())) {
      switch (release.stage()) {
        case Stage.Paused s -> order.accept(Command.Kind.ROLLBACK, release.id());
        case Stage.AwaitingApproval s -> order.accept(Command.Kind.APPROVE, release.id());
        case Stage.Held s when s.cause() == Stage.Held.Cause.HOLD ->
            order.accept(Command.Kind.UNHOLD, release.id());
        case Stage.Held s -> straighten();
        default -> {}
      }
    }
  }

  /** All traffic to what the ledger calls live, or else to any revision that is ready. */
  private void straighten() {
    String service = World.HELLO.value();
    Optional<String> live = world.service().live().map(ReleaseId::revision);
    live.filter(world.services.revisions(service)::contains)
        .or(
            () ->
                world.services.revisions(service).stream()
                    .filter(r -> world.services.readiness.apply(r) instanceof Readiness.Ready)
                    .findFirst())
        .ifPresent(
            revision -> {
              notes.story().tell(() -> "a person gives all traffic back to " + revision);
              world.services.pin(service, revision);
            });
  }
}
