package dev.slipway.release;

import java.util.List;
import java.util.Optional;

/** What the platforms say about a release, read after its stage and before deciding. */
public sealed interface Observation {

  /** Nothing needs to be asked in this stage. */
  record Nothing() implements Observation {}

  /** Every build of the release, oldest first. */
  record OfBuilds(List<BuildState> builds) implements Observation {
    public OfBuilds {
      builds = List.copyOf(builds);
    }
  }

  /** The release's job; empty when it was not asked for. */
  record OfJob(Optional<JobState> job) implements Observation {}

  /** The service; empty when there is none. */
  record OfService(Optional<ServiceState> service) implements Observation {}

  /** The same in each of several regions, in order. */
  record OfRegions(List<OfTraffic> regions) implements Observation {
    public OfRegions {
      regions = List.copyOf(regions);
    }
  }

  /** The service, and what a revision of it that serves is judged by. */
  record OfTraffic(Optional<ServiceState> service, Evidence evidence) implements Observation {}
}
