package dev.slipway.cli.simulate;

import dev.slipway.release.Change;
import dev.slipway.release.Traffic;
import java.time.Instant;
import java.util.List;

/** Sees what happens: counts it, tells it, and holds it against the invariants. */
final class Witness {

  private final List<Change.Entry> entries;
  private final Invariants invariants;
  private final Notes notes;
  private int told;

  Witness(World world, Invariants invariants, Notes notes) {
    entries = world.ledger.entries;
    this.invariants = invariants;
    this.notes = notes;
  }

  /** After every step; {@code now} is what time it is, whatever the clock shows. */
  void look(Instant now) {
    for (; told < entries.size(); told++) {
      Change.Entry entry = entries.get(told);
      notes.tally().count("event " + entry.event().getClass().getSimpleName());
      notes.story().tell(() -> line(entry));
    }
    invariants.check(now);
  }

  private static String line(Change.Entry entry) {
    return "  %s #%d %s: %s%s"
        .formatted(
            entry.release(),
            entry.sequence(),
            entry.actor(),
            entry.event().getClass().getSimpleName(),
            entry.after().stage().why().map(why -> " (" + why + ")").orElse(""));
  }

  /**
   * As the traffic changes.
   *
   * @param region empty for the environment's own
   */
  void changing(String region, Traffic traffic) {
    String where = region.isEmpty() ? "" : " in " + region;
    notes
        .story()
        .tell(
            () ->
                "    traffic%s: %s, epoch %d"
                    .formatted(where, traffic.shares(), traffic.epoch()));
    invariants.traffic.changing(region, traffic);
  }
}
