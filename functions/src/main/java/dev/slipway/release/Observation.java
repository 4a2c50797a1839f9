package dev.slipway.release;

import java.time.Instant;
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

  /** Every region of a release that serves everyone in all of them, in order. */
  record OfRegions(List<InRegion> regions) implements Observation {
    public OfRegions {
      regions = List.copyOf(regions);
    }
  }

  /**
   * A rollout that has regions behind it.
   *
   * @param here what its stage rests on
   * @param behind the regions where it has all the traffic, in order
   */
  record OnWalk(Observation here, List<InRegion> behind) implements Observation {
    public OnWalk {
      behind = List.copyOf(behind);
    }
  }

  /**
   * A region where all the traffic is the candidate's.
   *
   * @param rollout as it stands there
   * @param since when it had all of it
   */
  record InRegion(Rollout rollout, Instant since, OfTraffic seen) {}

  /** The service, and what a revision of it that serves is judged by. */
  record OfTraffic(Optional<ServiceState> service, Evidence evidence) implements Observation {}
}
