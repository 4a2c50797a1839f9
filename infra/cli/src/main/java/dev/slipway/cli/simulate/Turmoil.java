package dev.slipway.cli.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A boundary at which workers give way to each other and, until it calms down, meet faults. */
final class Turmoil implements Boundary {

  /** Past the time in which an event is to be acknowledged: it has come again by then. */
  private static final Duration SHORTEST_STALL = Duration.ofMinutes(10);

  private final Crew crew;
  private final Random random;
  private final Notes notes;
  @SuppressWarnings("ThreadLocalUsage") // a simulation has a turmoil of its own
  private final ThreadLocal<Instant> listed = new ThreadLocal<>();
  private final VirtualClock clock;
  private boolean calm;

  Turmoil(Crew crew, VirtualClock clock, Random random, Notes notes) {
    this.crew = crew;
    this.clock = clock;
    this.random = random;
    this.notes = notes;
  }

  /** From here on nothing fails any more. */
  void calmDown() {
    calm = true;
  }

  boolean isCalm() {
    return calm;
  }

  /** What befalls a worker at one effect. */
  enum Fate {
    NONE,
    CRASH_BEFORE,
    CRASH_AFTER,
    DONE_BUT_TIMED_OUT,
    REFUSED,
    STALL
  }

  private Fate draw(String name) {
    if (calm) {
      return Fate.NONE;
    }
    int drawn = random.nextInt(1000);
    if (drawn < 15) {
      return Fate.CRASH_BEFORE;
    }
    if (drawn < 30) {
      return Fate.CRASH_AFTER;
    }
    if (drawn < 45) {
      return Fate.DONE_BUT_TIMED_OUT;
    }
    if (drawn < 60) {
      return Fate.REFUSED;
    }
    // A worker that froze just before it posts would post when it wakes, whoever has done so since:
    // Slack takes no key that tells a second posting from a first.
    return drawn < 70 && !name.equals("post") ? Fate.STALL : Fate.NONE;
  }

  @Override
  public <T> T effect(String name, Supplier<T> body) {
    crew.pause();
    Fate fate = draw(name);
    notes.tally().count("effect " + name);
    if (fate != Fate.NONE) {
      notes.tally().count("fault " + fate + " at " + name);
      notes.story().tell(() -> "    fault: " + fate + " at " + name);
    }
    return switch (fate) {
      case CRASH_BEFORE -> throw new Faults.Crash(name);
      case REFUSED -> throw new IllegalStateException("UNAVAILABLE: " + name);
      case STALL -> {
        crew.sleep(SHORTEST_STALL.plusSeconds(random.nextInt(1800)));
        yield body.get();
      }
      case CRASH_AFTER -> {
        var done = body.get();
        throw new Faults.Crash(name + ", done: " + told(done));
      }
      case DONE_BUT_TIMED_OUT -> {
        var done = body.get();
        throw new IllegalStateException("DEADLINE_EXCEEDED: " + name + ", though done: " + told(done));
      }
      case NONE -> body.get();
    };
  }

  /** A worker's hand is drawn by chance; a seed's story is the same each time. */
  private static String told(@Nullable Object done) {
    return String.valueOf(done).replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "(some hand)");
  }

  /** When the worker that asks listed builds last. */
  Instant listed() {
    Instant last = listed.get();
    return last == null ? Instant.MIN : last;
  }

  @Override
  public void look(String name) {
    crew.pause();
    if (name.equals("list builds")) {
      listed.set(clock.now());
    }
    if (!calm && random.nextInt(200) == 0) {
      notes.tally().count("fault REFUSED at " + name);
      throw new IllegalStateException("UNAVAILABLE: " + name);
    }
  }
}
