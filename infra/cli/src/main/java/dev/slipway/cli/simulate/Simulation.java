package dev.slipway.cli.simulate;

import dev.slipway.release.Command;
import dev.slipway.release.IllegalTransitionException;
import dev.slipway.release.ReleaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Some hours of one team's life in which much goes wrong, then calm: drawn from one seed, the same
 * each time.
 *
 * <p>It is the functions' own pipeline that runs, on platforms in memory. Its workers take turns at
 * every call to a platform; there they also crash, stall and are refused. Messages are lost,
 * doubled and late, clocks jump, builds and candidates fail, people give commands and change the
 * traffic. Then faults end, and all must come to an end of its own.
 */
final class Simulation {

  private static final int TROUBLED_MINUTES = 120;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Ticks within which all must have come to rest; the longest deadline there is, and some. */
  private static final int PATIENCE = 240;

  private final long seed;
  private final SeededWorld seeded;
  private final World world;
  private final Tally tally;
  private final Story story;

  /**
   * What came of it.
   *
   * @param violation what did not hold; empty when all did
   * @param ticks how many it took from the last fault until nothing moved any more
   */
  record Outcome(long seed, Optional<String> violation, Tally tally, int ticks) {}

  private Simulation(long seed, SeededWorld seeded) {
    this.seed = seed;
    this.seeded = seeded;
    world = seeded.world;
    tally = seeded.notes.tally();
    story = seeded.notes.story();
  }

  /**
   * Simulates what a seed holds.
   *
   * @param weakness which safeguard is missing
   * @param reader takes each line of the story, if anybody wants to know
   */
  static Outcome of(long seed, Weakness weakness, @Nullable Consumer<String> reader) {
    return of(seed, weakness, List.of(), reader);
  }

  /**
   * The same in several regions.
   *
   * @param regions in order, the first the environment's own; none for that one alone
   */
  static Outcome of(
      long seed, Weakness weakness, List<String> regions, @Nullable Consumer<String> reader) {
    try (SeededWorld seeded = new SeededWorld(seed, weakness, regions, reader)) {
      return new Simulation(seed, seeded).run();
    }
  }

  private Outcome run() {
    try {
      Trouble trouble = new Trouble(seeded);
      live(trouble);
      Instant calm = world.clock.now();
      int ticks = calm(trouble);
      aftermath();
      seeded.invariants.told(calm);
      seeded.invariants.converged(seeded.people.uploads(), seeded.people.changedTrafficLast());
      goBack();
      count();
      return new Outcome(seed, Optional.empty(), tally, ticks);
    } catch (Violated | IllegalTransitionException e) {
      story.tell(() -> "VIOLATED: " + e.getMessage());
      return new Outcome(seed, Optional.of(String.valueOf(e.getMessage())), tally, PATIENCE);
    }
  }

  /** A team uploads a few times, while much goes wrong. */
  private void live(Trouble trouble) {
    int uploads = 1 + seeded.luck.below(4);
    for (int i = 0; i < uploads; i++) {
      int number = i;
      seeded.agenda.later(
          seeded.luck.seconds(1, 90 * 60),
          () -> seeded.people.upload(number, seeded.triggers::uploaded));
    }
    if (seeded.policy.grows()) {
      seeded.agenda.later(
          seeded.policy.growsAfter(), () -> world.rule(seeded.policy.grown()));
    }
    Instant end = world.clock.now().plus(MINUTE.multipliedBy(TROUBLED_MINUTES));
    while (world.clock.now().isBefore(end)) {
      trouble.minute();
      seeded.course.run(MINUTE);
    }
  }

  /** Faults end, people set right what waits for them, and ticks come: says how many. */
  private int calm(Trouble trouble) {
    story.tell(() -> "--- from here on nothing fails any more ---");
    trouble.end();
    // Workers that stall come back, messages that are late arrive.
    seeded.course.run(Duration.ofHours(1));
    return rest();
  }

  /** Ticks until nothing moves any more, and says how often that was. */
  private int rest() {
    for (int tick = 1; tick <= PATIENCE; tick++) {
      if (world.ledger.active().isEmpty() && seeded.course.isAtRest()) {
        return tick - 1;
      }
      seeded.people.setRight(seeded.triggers::ordered);
      tick();
    }
    return PATIENCE;
  }

  private void tick() {
    seeded.triggers.tick();
    seeded.course.run(MINUTE);
  }

  /** Builds nobody waits for are stopped by the tick after their release's end. */
  private void aftermath() {
    tick();
    tick();
  }

  /** At the end of it all the release before can be had back, if it runs. */
  private void goBack() {
    Optional<ReleaseId> live = world.service().live();
    Optional<ReleaseId> before = world.service().previous();
    if (live.isEmpty() || before.isEmpty()) {
      return;
    }
    story.tell(() -> "--- a person rolls " + live.get() + " back ---");
    tally.count("rollbacks at the end");
    seeded.triggers.ordered(Command.Kind.ROLLBACK, live.get());
    rest();
    seeded.invariants.traffic.wentBack(live.get(), before.get());
  }

  private void count() {
    tally.add("commits", world.ledger.commits);
    tally.add("posts", world.slack.posted.size());
    tally.add("entries", world.ledger.entries.size());
    tally.add("releases", world.ledger.releases.size());
  }
}
