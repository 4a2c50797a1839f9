package dev.slipway.release;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A fact about a release, as the ledger keeps it. */
public sealed interface ReleaseEvent {

  /**
   * Something that is said of a release, or of its service, and leaves its stage as it is: a person
   * consents, breaks the glass, holds the service.
   */
  sealed interface Aside extends ReleaseEvent {}

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

  /**
   * What another environment has live is to be brought out here, without a build.
   *
   * @param source as it is there, with a copy of its archive here
   */
  record PromotionReceived(Origin origin, Source source, Crate crate) implements ReleaseEvent {}

  /**
   * The image of a promoted release is in this environment's repository.
   *
   * @param image as it is called here
   * @param contents what is in the image, compared with what serves here
   */
  record ImageCopied(Image image, Optional<BuildReport> report, Optional<Contents> contents)
      implements ReleaseEvent {}

  /** Each release's build has its turn, and another one's comes first. */
  record BuildEnqueued(ReleaseId behind) implements ReleaseEvent {}

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

  /**
   * The rollout may not begin yet.
   *
   * @param cause what is in its way
   */
  record Held(String reason, Stage.Held.Cause cause) implements ReleaseEvent {

    @SuppressWarnings("NullAway") // an event written before there were causes has none
    public Held {
      cause = cause == null ? Stage.Held.Cause.TRAFFIC : cause;
    }

    /** Because of the service's traffic. */
    public Held(String reason) {
      this(reason, Stage.Held.Cause.TRAFFIC);
    }
  }

  /**
   * The policy wants people's consent before the rollout begins.
   *
   * @param approvers whose consent counts
   * @param quorum how many of them must give it
   * @param until when it ends without
   */
  record ApprovalRequested(List<String> approvers, int quorum, Instant until)
      implements ReleaseEvent {
    public ApprovalRequested {
      approvers = List.copyOf(approvers);
    }
  }

  /** One of the approvers consents. */
  record Approved(String by, String reason) implements Aside {}

  /** A person lets the rollout begin in spite of a freeze. */
  record Overridden(String by, String reason) implements Aside {}

  /** A person wants no rollout of the service to begin. */
  record HoldPlaced(String by, String reason) implements Aside {}

  /** Rollouts of the service may begin again. */
  record HoldLifted(String by, String reason) implements Aside {}

  /**
   * What a person asked was not done, since it was not asked as the policy wants it.
   *
   * @param why a sentence without its full stop
   */
  record CommandRefused(Command.Kind kind, String by, String why) implements Aside {}

  /** A person wants the release tried again; the other release is that try. */
  record Retried(ReleaseId as) implements Aside {}

  /**
   * The first event of another try: what is known of the release that is tried again.
   *
   * @param of the release that ended
   * @param attempt 2 for the first other try
   * @param built what its build came to; empty where it has to be built
   * @param origin where it was promoted from
   */
  record TriedAgain(
      ReleaseId of,
      int attempt,
      Source source,
      Crate crate,
      List<Finding> warnings,
      Optional<BuildSucceeded> built,
      Optional<Origin> origin)
      implements ReleaseEvent {
    public TriedAgain {
      warnings = List.copyOf(warnings);
    }
  }

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

  /** The release's job ended well; its candidate may be deployed. */
  record JobSucceeded() implements ReleaseEvent {}

  /**
   * The candidate passed its smoke test.
   *
   * @param requests how many it answered well
   * @param firstMillis time to its first answer, in milliseconds
   * @param warnings what the team's policy finds fault with and lets pass
   */
  record SmokePassed(int requests, long firstMillis, List<Finding> warnings)
      implements ReleaseEvent {

    @SuppressWarnings("NullAway") // an event written before there were warnings has none
    public SmokePassed {
      warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }

    /** Without a fault. */
    public SmokePassed(int requests, long firstMillis) {
      this(requests, firstMillis, List.of());
    }
  }

  /**
   * The candidate serves a step's share.
   *
   * @param verdict on the step before; empty for the first
   */
  record StepReached(int step, int percent, Optional<Verdict> verdict) implements ReleaseEvent {

    /** Without a step before that was judged. */
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
   * A person does not want to wait for the step's hold.
   *
   * @param haste how far it goes at once
   */
  record Hastened(Haste haste, String reason) implements ReleaseEvent {}

  /**
   * All of a region's traffic is the candidate's; the next region follows.
   *
   * @param region that is done
   * @param verdict on the step before, where there was one
   */
  record RegionServed(String region, Optional<Verdict> verdict) implements ReleaseEvent {}

  /**
   * The rollout begins in its next region.
   *
   * @param baseline the revision that serves all its traffic; empty where there is none
   * @param epoch a fencing epoch no rollout there has had
   */
  record RegionEntered(String region, Optional<String> baseline, long epoch)
      implements ReleaseEvent {}

  /**
   * A region's traffic is given back; the region before it follows.
   *
   * @param restored the revision that has it; empty where it stays as it is
   * @param why it stays as it is
   */
  record RegionRestored(String region, Optional<String> restored, String why)
      implements ReleaseEvent {}

  /**
   * All traffic is the candidate's.
   *
   * @param stepsSkipped whether it went there at once, there being nothing to compare it with
   * @param watch how long it is watched before it counts as live
   * @param verdict on the step before, where there was one
   */
  record Promoted(boolean stepsSkipped, Duration watch, Optional<Verdict> verdict)
      implements ReleaseEvent {

    @SuppressWarnings("NullAway") // an event written before releases were watched has none
    public Promoted {
      watch = watch == null ? Duration.ZERO : watch;
    }

    /** Without a step before that was judged. */
    public Promoted(boolean stepsSkipped, Duration watch) {
      this(stepsSkipped, watch, Optional.empty());
    }
  }

  /**
   * It was watched long enough.
   *
   * @param verdict on that time
   */
  record WatchEnded(Optional<Verdict> verdict) implements ReleaseEvent {

    /** Without a verdict. */
    public WatchEnded() {
      this(Optional.empty());
    }
  }

  /**
   * The release is to be taken out of traffic.
   *
   * @param epoch a fencing epoch of its own, so that a worker still widening the rollout is refused
   * @param by the person who wants it; empty where Slipway does
   * @param verdict the gate's, where it was the gate that found it unhealthy
   * @param through the regions it goes back through, where a rollout that is cancelled by this has been
   *     in others than its own
   */
  record RollbackStarted(
      String reason,
      long epoch,
      Optional<String> by,
      Optional<Verdict> verdict,
      Optional<Regions> through)
      implements ReleaseEvent {

    /** By Slipway itself, for another reason than the gate's. */
    public RollbackStarted(String reason, long epoch) {
      this(reason, epoch, Optional.empty());
    }

    /** By a person. */
    public RollbackStarted(String reason, long epoch, Optional<String> by) {
      this(reason, epoch, by, Optional.empty());
    }

    /** In the regions it has, and no others. */
    public RollbackStarted(
        String reason, long epoch, Optional<String> by, Optional<Verdict> verdict) {
      this(reason, epoch, by, verdict, Optional.empty());
    }

    RollbackStarted through(Regions regions) {
      return new RollbackStarted(reason, epoch, by, verdict, Optional.of(regions));
    }
  }

  /** There is nothing left to go back to; the release goes on serving. */
  record RollbackRefused(String reason) implements ReleaseEvent {}

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
