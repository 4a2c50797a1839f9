package dev.slipway.release;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One rollout, as it stands in the region it is at.
 *
 * @param revision the candidate's revision, called the same in every region
 * @param baseline the revision that served all the region's traffic before; empty where none did
 * @param epoch fencing epoch, one higher than the service's rollout before
 * @param walk where it is, where it was and where it has yet to go; empty where there is only one
 *     region
 */
public record Rollout(
    String revision, Optional<String> baseline, long epoch, Optional<Regions> walk) {

  /** In one region, which needs no name. */
  public Rollout(String revision, Optional<String> baseline, long epoch) {
    this(revision, baseline, epoch, Optional.empty());
  }

  /** On a walk through these regions. */
  Rollout(String revision, Optional<String> baseline, long epoch, Regions regions) {
    this(
        revision, baseline, epoch, Optional.of(regions).filter(walk -> !walk.equals(Regions.ONE)));
  }

  /** The rollout that a stage is of; empty for a stage without one. */
  static Optional<Rollout> of(Stage stage) {
    return switch (stage) {
      case Stage.Candidate s -> Optional.of(s.rollout());
      case Stage.Canary s -> Optional.of(s.rollout());
      case Stage.Paused s -> Optional.of(s.rollout());
      case Stage.RollingBack s -> Optional.of(s.rollout());
      case Stage.Watching s -> Optional.of(s.rollout());
      case Stage.Live s -> Optional.of(s.rollout());
      default -> Optional.empty();
    };
  }

  Rollout withEpoch(long next) {
    return new Rollout(revision, baseline, next, walk);
  }

  /** Where it is, where it was and where it has yet to go. */
  public Regions regions() {
    return walk.orElse(Regions.ONE);
  }

  /** The region it is at; empty where there is only one. */
  public Optional<String> region() {
    return regions().here();
  }

  /** What is said of it, with the region it is at where there are several. */
  String named(String what) {
    return region().map(name -> name + ": " + what).orElse(what);
  }

  /** Whether there is something to go back to, here or in a region before. */
  boolean canGoBack() {
    return baseline.isPresent()
        || regions().done().stream().anyMatch(leg -> leg.baseline().isPresent());
  }

  /** On to the next region, of which nothing is known yet; this one has it from now on. */
  Rollout onward(Instant at) {
    return new Rollout(revision, Optional.empty(), epoch, regions().onward(baseline, at));
  }

  /** With what serves in this region. */
  Rollout entered(Optional<String> stable, long fence) {
    return new Rollout(revision, stable, fence, regions().begin());
  }

  /**
   * Back to the region before this one.
   *
   * @param restored what serves in this one now; empty where it stays as it is
   */
  Rollout back(Optional<String> restored) {
    boolean joined = restored.isPresent() && regions().foreignBaseline().isEmpty();
    return new Rollout(
        revision, regions().done().getLast().baseline(), epoch, regions().back(joined));
  }

  Rollout through(Regions others) {
    return new Rollout(revision, baseline, epoch, others);
  }

  /** In its own regions again. */
  Rollout own() {
    return new Rollout(revision, baseline, epoch, walk.map(Regions::own));
  }

  /** Each region it has come to, with what served there before it; none where there is only one. */
  List<Regions.Leg> entered() {
    List<Regions.Leg> all = new ArrayList<>(regions().done());
    if (regions().begun()) {
      region().ifPresent(here -> all.add(new Regions.Leg(here, baseline, Optional.empty())));
    }
    return all;
  }

  /** The same rollout as it stands in each of its regions, this one last. */
  public List<Rollout> everywhere() {
    List<Rollout> all = new ArrayList<>();
    regions().done().forEach(leg -> all.add(in(leg)));
    all.add(this);
    return all;
  }

  /** The same rollout as it stands in a region that is done. */
  public Rollout in(Regions.Leg leg) {
    Regions there = new Regions(List.of(), Optional.of(leg.region()), List.of(), true);
    return new Rollout(revision, leg.baseline(), epoch, there);
  }

  /** Another release, serving in every region this one was in or had to go to. */
  Rollout replacedBy(String other, long fence) {
    return new Rollout(other, Optional.empty(), fence, regions().all());
  }
}
