package dev.slipway.release;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the logs tell of a candidate and of the stable revision beside it.
 *
 * @param candidate since its step began
 * @param stable in that time and long before it, so that what is not new is known
 * @param synthetic the requests Slipway itself sent the candidate since its step began
 * @param problem why the logs could not be read, where they could not
 */
public record Signals(
    List<Signal> candidate, List<Signal> stable, Synthetic synthetic, Optional<String> problem) {

  public static final Signals NONE =
      new Signals(List.of(), List.of(), Synthetic.NONE, Optional.empty());

  public Signals {
    candidate = merged(candidate);
    stable = merged(stable);
  }

  /** The logs could not be read. */
  public static Signals unreadable(String why) {
    return new Signals(List.of(), List.of(), Synthetic.NONE, Optional.of(why));
  }

  /**
   * Requests Slipway sent itself.
   *
   * @param sent when each was
   */
  public record Synthetic(List<Instant> sent) {
    public static final Synthetic NONE = new Synthetic(List.of());

    public Synthetic {
      sent = List.copyOf(sent);
    }

    long before(Instant end) {
      return sent.stream().filter(at -> at.isBefore(end)).count();
    }

    /** Whether any was sent then or later. */
    boolean since(Instant begin) {
      return sent.stream().anyMatch(at -> !at.isBefore(begin));
    }
  }

  /** What only the candidate shows. */
  List<Signal> fresh() {
    return candidate.stream().filter(s -> stable.stream().noneMatch(s::isSameAs)).toList();
  }

  private static List<Signal> merged(List<Signal> all) {
    List<Signal> merged = new ArrayList<>();
    for (Signal signal : all) {
      int known = -1;
      for (int i = 0; i < merged.size(); i++) {
        known = merged.get(i).isSameAs(signal) ? i : known;
      }
      if (known < 0) {
        merged.add(signal);
      } else {
        merged.set(known, merged.get(known).again(signal));
      }
    }
    return List.copyOf(merged);
  }
}
