package dev.slipway.cli.simulate;

import java.time.Clock;

/**
 * What serves in one region, and what can be seen of it.
 *
 * @param root what the URLs of its revisions begin with
 */
record SimulatedRegion(String root, SimulatedServices services, SimulatedMeasures measures) {

  /** One in which nothing serves yet. */
  static SimulatedRegion at(String root, Boundary boundary, Clock clock, SimulatedImages images) {
    return new SimulatedRegion(
        root,
        new SimulatedServices(root, boundary, clock, images),
        new SimulatedMeasures(boundary, clock));
  }
}
