package dev.slipway.release;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a release stands in one of its regions.
 *
 * @param percent of the region's traffic that is to be its own
 */
public record RegionStand(String region, Standing standing, int percent) {

  /** What becomes of it there. */
  public enum Standing {
    /** The rollout has yet to come there. */
    AHEAD,
    /** Its candidate is deployed and tried there. */
    CANDIDATE,
    /** It has a step's share of the traffic there. */
    CANARY,
    /** It was halted there. */
    PAUSED,
    /** It has all the traffic there. */
    SERVES,
    /** It is being taken out of the traffic there. */
    GOING_BACK,
    /** It is to be taken out of the traffic there next. */
    TO_GO_BACK,
    /** The rollout is over there: given back, or never begun. */
    OUT;

    /** {@code going back}. */
    public String words() {
      return Fields.label(this).replace('-', ' ');
    }
  }

  /** In each region, in the rollout's order; none where there is only one, or none any more. */
  public static List<RegionStand> of(Stage stage) {
    return switch (stage) {
      case Stage.Candidate s -> walked(s.rollout(), Standing.CANDIDATE, 0);
      case Stage.Canary s -> walked(s.rollout(), Standing.CANARY, s.percent());
      case Stage.Paused s -> walked(s.rollout(), Standing.PAUSED, s.percent());
      case Stage.Watching s -> walked(s.rollout(), Standing.SERVES, 100);
      case Stage.Live s -> walked(s.rollout(), Standing.SERVES, 100);
      case Stage.RollingBack s -> left(s.rollout().regions());
      default -> List.of();
    };
  }

  private static List<RegionStand> walked(Rollout rollout, Standing here, int percent) {
    Regions regions = rollout.regions();
    List<RegionStand> all = new ArrayList<>();
    regions.done().forEach(leg -> all.add(new RegionStand(leg.region(), Standing.SERVES, 100)));
    regions.here().ifPresent(region -> all.add(new RegionStand(region, here, percent)));
    regions.ahead().forEach(region -> all.add(new RegionStand(region, Standing.AHEAD, 0)));
    return all;
  }

  private static List<RegionStand> left(Regions regions) {
    List<RegionStand> all = new ArrayList<>();
    regions.done().forEach(leg -> all.add(new RegionStand(leg.region(), Standing.TO_GO_BACK, 0)));
    regions.here().ifPresent(region -> all.add(new RegionStand(region, Standing.GOING_BACK, 0)));
    regions.ahead().forEach(region -> all.add(new RegionStand(region, Standing.OUT, 0)));
    return all;
  }

  /** {@code us-central1: canary, 10 %}. */
  @Override
  public String toString() {
    return region + ": " + words();
  }

  /** {@code canary, 10 %}. */
  public String words() {
    return standing == Standing.CANARY || standing == Standing.PAUSED
        ? "%s, %d %%".formatted(standing.words(), percent)
        : standing.words();
  }
}
