package dev.slipway.release;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What comes next while a release has no image yet. */
final class BuildDecision {

  private static final Finding ONLY_PROMOTIONS =
      Finding.of(
          "promotion-only",
          "the team's policy takes promotions only (promotion.only): upload this where they come from");

  private BuildDecision() {}

  static Step received(Situation s) {
    Optional<Step> overtaken = overtaken(s);
    if (overtaken.isPresent()) {
      return overtaken.get();
    }
    List<Finding> overstepped =
        s.policy().bounds().overstepped(s.release().crate().orElseThrow().settings());
    if (!overstepped.isEmpty()) {
      return SlotDecision.rejected(s, overstepped);
    }
    Optional<Origin> origin = s.release().journey().origin();
    if (origin.isPresent()) {
      return PromotionDecision.received(s, origin.get());
    }
    if (s.policy().promotion().only()) {
      return SlotDecision.rejected(s, List.of(ONLY_PROMOTIONS));
    }
    Optional<ReleaseId> same = liveWithSameContent(s);
    if (same.isPresent()) {
      return new Step.Note(new ReleaseEvent.FoundUnchanged(same.get()));
    }
    return behind(s).map(other -> waitBehind(s, other)).orElseGet(() -> submit(s, builds(s), 1));
  }

  /** The release whose build comes just before this one's, where each has its turn. */
  private static Optional<ReleaseId> behind(Situation s) {
    return s.policy().pace().contest() == Policy.Contest.QUEUE && builds(s).isEmpty()
        ? s.service().builtBefore(s.id())
        : Optional.empty();
  }

  private static Step waitBehind(Situation s, ReleaseId other) {
    Stage.BuildQueued queued = new Stage.BuildQueued(other);
    return s.release().stage().equals(queued)
        ? WaitDeadline.over(s).orElseGet(() -> new Step.Wait(queued.why().orElseThrow(), false))
        : new Step.Note(new ReleaseEvent.BuildEnqueued(other));
  }

  static Step lost(Situation s, Stage.BuildLost stage) {
    Optional<Step> overtaken = overtaken(s);
    if (overtaken.isPresent()) {
      return overtaken.get();
    }
    List<BuildState> builds = builds(s);
    int lost = builds.stream().map(BuildState::id).toList().indexOf(stage.buildId());
    // One that was stopped was the stray of two rivals: its end says nothing about the release.
    List<BuildState> later =
        builds.subList(lost + 1, builds.size()).stream()
            .filter(build -> !(build.progress() instanceof BuildState.Stopped))
            .toList();
    return submit(s, later, stage.attempt() + 1);
  }

  /** Adopts a build whose submitter did not live to write its id down, else submits one. */
  private static Step submit(Situation s, List<BuildState> adoptable, int attempt) {
    if (!adoptable.isEmpty()) {
      String first = adoptable.getFirst().id();
      return new Step.Note(new ReleaseEvent.BuildSubmitted(first, attempt));
    }
    Source source = s.release().source().orElseThrow();
    Crate crate = s.release().crate().orElseThrow();
    return new Step.SubmitBuild(new BuildOrder(s.id(), attempt, source, crate));
  }

  static Step building(Situation s, Stage.Building stage) {
    Optional<Step> stray =
        builds(s).stream()
            .filter(b -> !b.id().equals(stage.buildId()))
            .filter(b -> b.progress() instanceof BuildState.Running)
            .findFirst()
            .map(b -> new Step.CancelBuild(b.id()));
    if (stray.isPresent()) {
      return stray.get();
    }
    return builds(s).stream()
        .filter(b -> b.id().equals(stage.buildId()))
        .findFirst()
        .map(build -> onProgress(s, stage, build))
        .orElseGet(
            () ->
                unfinished(s, stage, "Cloud Build knows no build " + stage.buildId() + " any more"));
  }

  /** Nobody waits for a build any more. */
  static Step over(Situation s) {
    return builds(s).stream()
        .filter(b -> b.progress() instanceof BuildState.Running)
        .findFirst()
        .<Step>map(b -> new Step.CancelBuild(b.id()))
        .orElseGet(Step.Rest::new);
  }

  private static Step onProgress(Situation s, Stage.Building stage, BuildState build) {
    return switch (build.progress()) {
      case BuildState.Running p -> running(s, stage);
      case BuildState.Succeeded p -> new Step.MeasureImage(s.release(), s.otherLive(), build, p);
      case BuildState.Broken p ->
          new Step.Note(
              new ReleaseEvent.BuildFailed(
                  p.reason(), p.excerpt(), p.timing().map(BuildPrice::of)));
      case BuildState.Lost p -> unfinished(s, stage, p.reason());
      case BuildState.Stopped p ->
          overtaken(s)
              .orElseGet(
                  () ->
                      new Step.Note(
                          new ReleaseEvent.Cancelled("its build was cancelled in Cloud Build")));
    };
  }

  private static Step running(Situation s, Stage.Building stage) {
    if (overtaken(s).isPresent()) {
      return new Step.CancelBuild(stage.buildId());
    }
    Duration running = Duration.between(s.release().inStageSince(), s.now());
    if (running.compareTo(s.policy().builds().buildDeadline()) > 0) {
      String reason = "no result within " + s.policy().builds().buildDeadline().toMinutes() + " minutes";
      return new Step.Note(new ReleaseEvent.BuildFailed(reason, ""));
    }
    return new Step.Wait("the build is running", false);
  }

  /** The builder failed the crate: once more, as often as the policy allows. */
  private static Step unfinished(Situation s, Stage.Building stage, String reason) {
    return stage.attempt() < s.policy().builds().buildAttempts()
        ? new Step.Note(new ReleaseEvent.BuildLost(reason))
        : new Step.Note(new ReleaseEvent.BuildFailed(reason, ""));
  }

  private static Optional<Step> overtaken(Situation s) {
    return s.policy().pace().contest() == Policy.Contest.SUPERSEDE
        ? s.newer().map(by -> new Step.Note(new ReleaseEvent.Superseded(by)))
        : Optional.empty();
  }

  private static Optional<ReleaseId> liveWithSameContent(Situation s) {
    String sha256 = s.release().source().orElseThrow().sha256();
    return s.otherLive()
        .filter(live -> live.source().map(Source::sha256).equals(Optional.of(sha256)))
        .map(Release::id);
  }

  private static List<BuildState> builds(Situation s) {
    return s.observation() instanceof Observation.OfBuilds o ? o.builds() : List.of();
  }
}
