package dev.slipway.cli.simulate;

import java.time.Duration;
import java.util.Optional;

/** What goes wrong from one minute to the next, besides what befalls workers and messages. */
final class Trouble {

  private final SeededWorld seeded;
  private final World world;
  private final Luck luck;
  private final Notes notes;

  Trouble(SeededWorld seeded) {
    this.seeded = seeded;
    world = seeded.world;
    luck = seeded.luck;
    notes = seeded.notes;
  }

  /** A minute of it. */
  void minute() {
    if (luck.chance(850)) {
      seeded.triggers.tick();
    } else {
      notes.tally().count("ticks lost");
    }
    if (luck.chance(15)) {
      jump(luck.chance(400) ? Duration.ZERO : Duration.ofHours(luck.chance(500) ? 1 : -1));
    }
    if (luck.chance(120)) {
      seeded.people.command(seeded.triggers::commanded);
    }
    if (luck.chance(40)) {
      seeded.people.edit();
    }
    if (luck.chance(30)) {
      boolean back = world.measures.unreadable.isPresent();
      measuring(back ? Optional.empty() : Optional.of("Monitoring is down"));
      notes.tally().count("outages of Monitoring");
    }
    if (luck.chance(30)) {
      world.ledger.aborts = 1 + luck.below(6);
      notes.tally().add("commits aborted by rivals", world.ledger.aborts);
    }
  }

  /** All that is wrong is set right, and nothing goes wrong any more. */
  void end() {
    seeded.turmoil.calmDown();
    world.clock.skew(Duration.ZERO);
    world.ledger.aborts = 0;
    measuring(Optional.empty());
  }

  private void jump(Duration by) {
    world.clock.skew(by);
    seeded.invariants.gate.disturbed(world.clock.now());
    notes.tally().count("clock jumps");
    notes.story().tell(() -> "the clock is wrong by " + by);
  }

  /**
   * In every region, or in none.
   *
   * @param unreadable why nothing can be measured; empty when all can
   */
  private void measuring(Optional<String> unreadable) {
    world.everywhere().forEach(region -> region.measures().unreadable = unreadable);
    seeded.invariants.gate.disturbed(world.clock.now());
  }
}
