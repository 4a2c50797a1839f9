package dev.slipway.cli.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Counts the effects of a run and breaks one of them, in one of three ways. */
final class Faults implements Boundary {

  enum Mode {
    /** The worker dies just before the effect. */
    CRASH_BEFORE,
    /** The worker dies just after the effect. */
    CRASH_AFTER,
    /** The effect happens, but its caller is told of a time-out. */
    DONE_BUT_TIMED_OUT
  }

  /** The end of a worker: nothing in the product may catch it. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash(String where) {
      super(where);
    }
  }

  private int victim;
  private final String named;
  private final Mode mode;
  private final List<String> effects = new ArrayList<>();

  private Faults(int victim, String named, Mode mode) {
    this.victim = victim;
    this.named = named;
    this.mode = mode;
  }

  static Faults none() {
    return new Faults(-1, "", Mode.CRASH_BEFORE);
  }

  static Faults at(int victim, Mode mode) {
    return new Faults(victim, "", mode);
  }

  /** At the first effect of a name. */
  static Faults on(String effect, Mode mode) {
    return new Faults(-1, effect, mode);
  }

  /** Whether the run was long enough to reach the victim. */
  boolean struck() {
    return effects.size() > victim;
  }

  int count() {
    return effects.size();
  }

  @Override
  public <T> T effect(String name, Supplier<T> body) {
    if (victim < 0 && name.equals(named)) {
      victim = effects.size();
    }
    boolean struckNow = effects.size() == victim;
    effects.add(name);
    if (struckNow && mode == Mode.CRASH_BEFORE) {
      throw new Crash(name);
    }
    T result = body.get();
    if (struckNow && mode == Mode.CRASH_AFTER) {
      throw new Crash(name);
    }
    if (struckNow) {
      throw new IllegalStateException("time-out, though done: " + name);
    }
    return result;
  }
}
