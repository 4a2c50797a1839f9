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
 * @param foreign those that only another release has been in: a rollback of this one, which cancels
 *     that, goes through them first
 */
public record Regions(
    List<Leg> done,
    Optional<String> here,
    List<String> ahead,
    boolean begun,
    List<Leg> foreign) {

  /** One region without a name. */
  public static final Regions ONE = new Regions(List.of(), Optional.empty(), List.of(), true);

  @SuppressWarnings("NullAway") // what is not written is not there
  public Regions {
    done = done == null ? List.of() : List.copyOf(done);
    ahead = ahead == null ? List.of() : List.copyOf(ahead);
    foreign = foreign == null ? List.of() : List.copyOf(foreign);
  }

  /** Its own only. */
  public Regions(List<Leg> done, Optional<String> here, List<String> ahead, boolean begun) {
    this(done, here, ahead, begun, List.of());
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

  /**
   * One region back.
   *
   * @param joined whether what is restored everywhere serves in this one too; a foreign one where it
   *     does not is none of its regions
   */
  Regions back(boolean joined) {
    List<String> left = new ArrayList<>(ahead);
    if (joined || !isForeign(here.orElseThrow())) {
      left.addFirst(here.orElseThrow());
    }
    return new Regions(
        done.subList(0, done.size() - 1),
        Optional.of(done.getLast().region()),
        left,
        true,
        foreign);
  }

  /**
   * With those at the end that another release has come to and this one has not; empty where there are
   * none.
   *
   * @param other where the other one has been, the environment's own region first
   */
  Optional<Regions> through(List<Leg> other) {
    List<String> own =
        here.isPresent() ? names() : other.stream().limit(1).map(Leg::region).toList();
    List<Leg> further = other.stream().filter(leg -> !own.contains(leg.region())).toList();
    if (further.isEmpty()) {
      return Optional.empty();
    }
    List<Leg> all = new ArrayList<>();
    own.forEach(name -> all.add(Leg.unknown(name)));
    all.addAll(further);
    Optional<String> last = Optional.of(all.getLast().region());
    return Optional.of(
        new Regions(all.subList(0, all.size() - 1), last, List.of(), true, further));
  }

  /** Whether only another release has been here. */
  boolean isForeign() {
    return here.filter(this::isForeign).isPresent();
  }

  /** Whether no other region of its own went back before this one. */
  boolean isFirstBack() {
    return ahead.stream().allMatch(this::isForeign);
  }

  /** Without those that are another's. */
  Regions own() {
    return new Regions(
        done.stream().filter(leg -> !isForeign(leg.region())).toList(),
        here,
        ahead.stream().filter(region -> !isForeign(region)).toList(),
        begun);
  }

  private boolean isForeign(String region) {
    return foreign.stream().anyMatch(leg -> leg.region().equals(region));
  }

  /** What served here before another release came; empty where nothing did, or it is its own. */
  Optional<String> foreignBaseline() {
    return foreign.stream()
        .filter(leg -> here.equals(Optional.of(leg.region())))
        .findFirst()
        .flatMap(Leg::baseline);
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
