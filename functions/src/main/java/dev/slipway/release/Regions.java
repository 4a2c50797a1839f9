package dev.slipway.release;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The regions of a rollout, one after another in the policy's order.
 *
 * @param done where it has all the traffic, in the order it came there
 * @param here the region it is at; empty where there is only one, which needs no name
 * @param ahead where it has yet to go, or has been taken back already
 * @param begun whether it is known what served here before
 */
public record Regions(List<Leg> done, Optional<String> here, List<String> ahead, boolean begun) {

  /** One region without a name. */
  public static final Regions ONE = new Regions(List.of(), Optional.empty(), List.of(), true);

  @SuppressWarnings("NullAway") // what is not written is not there
  public Regions {
    done = done == null ? List.of() : List.copyOf(done);
    ahead = ahead == null ? List.of() : List.copyOf(ahead);
  }

  /**
   * A region that is done.
   *
   * @param baseline what served there before; empty where nothing did
   * @param since when it had all the traffic there; empty where that was not written down
   */
  public record Leg(String region, Optional<String> baseline, Optional<Instant> since) {

    /** What is not known of a region but its name. */
    static Leg unknown(String region) {
      return new Leg(region, Optional.empty(), Optional.empty());
    }
  }

  /** A rollout's that begins in the first of them. */
  static Regions of(List<String> names) {
    return names.isEmpty()
        ? ONE
        : new Regions(
            List.of(), Optional.of(names.getFirst()), names.subList(1, names.size()), true);
  }

  Regions onward(Optional<String> baseline, Instant at) {
    List<Leg> passed = new ArrayList<>(done);
    passed.add(new Leg(here.orElseThrow(), baseline, Optional.of(at)));
    return new Regions(
        passed, Optional.of(ahead.getFirst()), ahead.subList(1, ahead.size()), false);
  }

  Regions begin() {
    return new Regions(done, here, ahead, true);
  }

  Regions back() {
    List<String> left = new ArrayList<>(ahead);
    left.addFirst(here.orElseThrow());
    return new Regions(
        done.subList(0, done.size() - 1), Optional.of(done.getLast().region()), left, true);
  }

  /** All of them done, and nothing to go back to known by this. */
  Regions all() {
    List<Leg> every = new ArrayList<>();
    done.forEach(leg -> every.add(Leg.unknown(leg.region())));
    here.ifPresent(name -> every.add(Leg.unknown(name)));
    ahead.forEach(name -> every.add(Leg.unknown(name)));
    return every.isEmpty()
        ? ONE
        : new Regions(
            every.subList(0, every.size() - 1),
            Optional.of(every.getLast().region()),
            List.of(),
            true);
  }

  /** Every one of them, in order; none where there is only one. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    done.forEach(leg -> names.add(leg.region()));
    here.ifPresent(names::add);
    names.addAll(ahead);
    return names;
  }

  /** {@code " in us-central1"}; nothing where there is only one. */
  public String in() {
    return here.map(name -> " in " + name).orElse("");
  }
}
