package dev.slipway.release;

import java.util.List;
import java.util.Optional;

/** A fact about a release, as the ledger keeps it. */
public sealed interface ReleaseEvent {

  /** The archive was pinned, checked and described. */
  record Received(Source source, Crate crate, List<Finding> warnings) implements ReleaseEvent {
    public Received {
      warnings = List.copyOf(warnings);
    }
  }

  /** The archive was refused, or its image by the team's policy. */
  record Rejected(Upload upload, long bytes, List<Finding> findings) implements ReleaseEvent {
    public Rejected {
      findings = List.copyOf(findings);
    }
  }

  /** A build was submitted, or found submitted already. */
  record BuildSubmitted(String buildId, int attempt) implements ReleaseEvent {}

  /**
   * The build pushed an image.
   *
   * @param contents what is in the image
   * @param cost what the build took
   */
  record BuildSucceeded(
      String buildId,
      Image image,
      Optional<BuildReport> report,
      Optional<Contents> contents,
      Optional<BuildCost> cost)
      implements ReleaseEvent {}

  /**
   * The crate does not build.
   *
   * @param cost what the build took
   */
  record BuildFailed(String reason, String excerpt, Optional<BuildCost> cost)
      implements ReleaseEvent {

    /** Without a build that ended. */
    public BuildFailed(String reason, String excerpt) {
      this(reason, excerpt, Optional.empty());
    }
  }

  /** The builder failed the crate; another attempt follows. */
  record BuildLost(String reason) implements ReleaseEvent {}

  /** The same content is live already. */
  record FoundUnchanged(ReleaseId as) implements ReleaseEvent {}

  /** Another release holds the slot. */
  record Enqueued(ReleaseId behind) implements ReleaseEvent {}

  /** The service's traffic is not as Slipway left it. */
  record Held(String reason) implements ReleaseEvent {}

  /**
   * The slot is taken; the candidate is to be deployed.
   *
   * @param warnings what the team's policy finds fault with and lets pass
   */
  record RolloutStarted(Rollout rollout, List<Finding> warnings) implements ReleaseEvent {

    @SuppressWarnings("NullAway") // an event written before there were warnings has none
    public RolloutStarted {
      warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }
  }

  /**
   * The candidate passed its smoke test.
   *
   * @param requests how many it answered well
   * @param firstMillis time to its first answer, in milliseconds
   */
  record SmokePassed(int requests, long firstMillis) implements ReleaseEvent {}

  /**
   * The candidate serves a step's share.
   *
   * @param verdict on the step before; empty for the first
   */
  record StepReached(int step, int percent, Optional<Verdict> verdict) implements ReleaseEvent {

    /** The first step, which nothing was judged before. */
    public StepReached(int step, int percent) {
      this(step, percent, Optional.empty());
    }
  }

  /**
   * The rollout is halted.
   *
   * @param verdict the gate's, where it was the gate that halted it
   */
  record Paused(String reason, Optional<Verdict> verdict) implements ReleaseEvent {

    /** By a person, or for the traffic. */
    public Paused(String reason) {
      this(reason, Optional.empty());
    }
  }

  /** The rollout goes on from the step it was halted in. */
  record Resumed() implements ReleaseEvent {}

  /**
   * All traffic is the candidate's.
   *
   * @param stepsSkipped whether it went there at once, there being nothing to compare it with
   * @param verdict on the step before, where there was one
   */
  record Promoted(boolean stepsSkipped, Optional<Verdict> verdict) implements ReleaseEvent {

    /** Without a step before that was judged. */
    public Promoted(boolean stepsSkipped) {
      this(stepsSkipped, Optional.empty());
    }
  }

  /**
   * The release is to be taken out of traffic.
   *
   * @param epoch a fencing epoch of its own, so that a worker still widening the rollout is refused
   * @param verdict the gate's, where it was the gate that found it unhealthy
   */
  record RollbackStarted(String reason, long epoch, Optional<Verdict> verdict)
      implements ReleaseEvent {

    /** For another reason than the gate's. */
    public RollbackStarted(String reason, long epoch) {
      this(reason, epoch, Optional.empty());
    }
  }

  /** What served before serves again. */
  record RolledBack(String restored) implements ReleaseEvent {}

  /** It cannot go on and there is nothing to go back to. */
  record Failed(String reason) implements ReleaseEvent {}

  /** A person ended it. */
  record Cancelled(String reason) implements ReleaseEvent {}

  /** A newer upload of the service took its place. */
  record Superseded(ReleaseId by) implements ReleaseEvent {}

  /** Another release is live now. */
  record Replaced(ReleaseId by) implements ReleaseEvent {}

  /** A release that was rolled back to is live again. */
  record Restored(ReleaseId instead, Rollout rollout) implements ReleaseEvent {}
}
