package dev.slipway.console.ask;

import java.util.List;
import java.util.Optional;

/**
 * Who serves a service, region by region.
 *
 * @param here in the environment's own region
 * @param regions in every region, that one first; empty where it is the only one
 */
public record Serving(Split here, List<InRegion> regions) {

  /** Of a service that is not there, or of a platform that does not answer. */
  public static final Serving NONE = new Serving(Split.NONE, List.of());

  public Serving {
    regions = List.copyOf(regions);
  }

  /**
   * Who serves it in one region.
   *
   * @param traffic {@link Split#NONE} also where the platform did not answer in time
   */
  public record InRegion(String region, Split traffic) {}

  /** In the one region there is, or in each. */
  public List<Split> splits() {
    return regions.isEmpty() ? List.of(here) : regions.stream().map(InRegion::traffic).toList();
  }

  /** In one of the regions. */
  public Optional<Split> in(String region) {
    return regions.stream()
        .filter(each -> each.region().equals(region))
        .map(InRegion::traffic)
        .findFirst();
  }
}
