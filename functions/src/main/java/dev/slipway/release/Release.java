package dev.slipway.release;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One release, whole, as of one event.
 *
 * @param sequence number of events so far; the last one's number
 * @param upload what it came from
 * @param source the checked source; empty when it was refused
 * @param crate what its manifests say; empty when it was refused
 * @param image what its build pushed, once it has
 * @param report what its build said of itself, once it has
 * @param contents what is in its image, once it has one
 * @param cost what its latest build took, once that ended
 * @param warnings what the check of its archive and the team's policy found and let pass
 * @param history the stage after each event, with the time, oldest first
 * @param journey what people and the candidate itself added on its way
 */
public record Release(
    ReleaseId id,
    long sequence,
    Stage stage,
    Upload upload,
    Optional<Source> source,
    Optional<Crate> crate,
    Optional<Image> image,
    Optional<BuildReport> report,
    Optional<Contents> contents,
    Optional<BuildCost> cost,
    List<Finding> warnings,
    List<Entered> history,
    Journey journey) {

  @SuppressWarnings("NullAway") // a release written before there were these has none
  public Release {
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
    history = List.copyOf(history);
    journey = journey == null ? Journey.NONE : journey;
  }

  /** A stage entered, and when. */
  public record Entered(String stage, Instant at) {}

  /** The release a first event makes. */
  public static Release begin(ReleaseId id, ReleaseEvent first, Instant at) {
    return switch (first) {
      case ReleaseEvent.Received e ->
          begun(id, new Stage.Received(), e.source().upload(), at)
              .from(e.source(), e.crate())
              .warned(e.warnings());
      case ReleaseEvent.Rejected e ->
          begun(id, new Stage.Rejected(e.findings()), e.upload(), at);
      case ReleaseEvent.TriedAgain e -> again(id, e, at);
      case ReleaseEvent.PromotionReceived e ->
          begun(id, new Stage.Received(), e.source().upload(), at)
              .from(e.source(), e.crate())
              .with(Journey.NONE.from(e.origin()));
      default ->
          throw new IllegalArgumentException(
              "a release begins Received, PromotionReceived, Rejected or TriedAgain, not " + first);
    };
  }

  private static Release again(ReleaseId id, ReleaseEvent.TriedAgain e, Instant at) {
    Stage stage = e.built().isPresent() ? new Stage.Built() : new Stage.Received();
    Release begun =
        begun(id, stage, e.source().upload(), at).from(e.source(), e.crate()).warned(e.warnings());
    return e.built()
        .map(begun::built)
        .orElse(begun)
        .with(
            e.origin()
                .map(Journey.NONE::from)
                .orElse(Journey.NONE)
                .retrying(e.of(), e.attempt()));
  }

  private static Release begun(ReleaseId id, Stage stage, Upload upload, Instant at) {
    return new Release(
        id,
        1,
        stage,
        upload,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(new Entered(stage.label(), at)),
        Journey.NONE);
  }

  /**
   * The release after an event: the one transition function.
   *
   * @throws IllegalTransitionException when the event cannot happen in this stage
   */
  public Release on(ReleaseEvent event, Instant at) {
    Release next = moved(Transitions.next(this, event, at), at);
    return switch (event) {
      case ReleaseEvent.BuildSucceeded e -> next.built(e);
      case ReleaseEvent.BuildFailed e -> next.costing(e.cost());
      case ReleaseEvent.ImageCopied e -> next.copied(e);
      case ReleaseEvent.RolloutStarted e -> next.warned(e.warnings());
      case ReleaseEvent.JobSucceeded e -> next.with(journey.withJobDone());
      case ReleaseEvent.StepReached e -> next.judged(e.verdict());
      case ReleaseEvent.RegionServed e -> next.judged(e.verdict());
      case ReleaseEvent.Paused e -> next.judged(e.verdict());
      case ReleaseEvent.Promoted e -> next.judged(e.verdict());
      case ReleaseEvent.WatchEnded e -> next.judged(e.verdict());
      case ReleaseEvent.RollbackStarted e -> next.judged(e.verdict());
      case ReleaseEvent.SmokePassed e ->
          next.with(journey.answeredIn(e.firstMillis())).warned(e.warnings());
      case ReleaseEvent.Approved e ->
          next.with(journey.approvedBy(new Vote(e.by(), e.reason(), at)));
      case ReleaseEvent.Overridden e ->
          next.with(journey.overriddenBy(new Vote(e.by(), e.reason(), at)));
      case ReleaseEvent.Retried e -> next.with(journey.retriedAs(e.as()));
      default -> next;
    };
  }

  private Release moved(Stage to, Instant at) {
    List<Entered> entered = new ArrayList<>(history);
    entered.add(new Entered(to.label(), at));
    return new Release(
        id, sequence + 1, to, upload, source, crate, image, report, contents, cost, warnings,
        entered, journey);
  }

  private Release from(Source checked, Crate described) {
    return new Release(
        id, sequence, stage, upload, Optional.of(checked), Optional.of(described), image, report,
        contents, cost, warnings, history, journey);
  }

  private Release built(ReleaseEvent.BuildSucceeded e) {
    return new Release(
        id, sequence, stage, upload, source, crate, Optional.of(e.image()), e.report(),
        e.contents(), e.cost(), warnings, history, journey);
  }

  private Release copied(ReleaseEvent.ImageCopied e) {
    return new Release(
        id, sequence, stage, upload, source, crate, Optional.of(e.image()), e.report(),
        e.contents(), cost, warnings, history, journey);
  }

  private Release costing(Optional<BuildCost> latest) {
    return new Release(
        id, sequence, stage, upload, source, crate, image, report, contents, latest, warnings,
        history, journey);
  }

  private Release warned(List<Finding> more) {
    List<Finding> all = new ArrayList<>(warnings);
    more.stream().filter(finding -> !all.contains(finding)).forEach(all::add);
    return new Release(
        id, sequence, stage, upload, source, crate, image, report, contents, cost, all, history,
        journey);
  }

  private Release judged(Optional<Verdict> verdict) {
    return verdict.map(found -> with(journey.judged(found))).orElse(this);
  }

  private Release with(Journey next) {
    return new Release(
        id, sequence, stage, upload, source, crate, image, report, contents, cost, warnings,
        history, next);
  }

  /** What the gate found at each step, oldest first. */
  public List<Verdict> verdicts() {
    return journey.verdicts();
  }

  /** Whether it still has to be moved. */
  public boolean isActive() {
    return stage instanceof Stage.Active;
  }

  /** Whether it is built here and has no image yet. */
  boolean isBeingBuilt() {
    boolean before =
        stage instanceof Stage.Received
            || stage instanceof Stage.BuildQueued
            || stage instanceof Stage.Building
            || stage instanceof Stage.BuildLost;
    return before && journey.origin().isEmpty();
  }

  /** When its latest event happened. */
  public Instant since() {
    return history.getLast().at();
  }

  /** When it entered the stage it is in, whatever was said of it since. */
  public Instant inStageSince() {
    Instant entered = since();
    for (Entered each : history.reversed()) {
      if (!each.stage().equals(stage.label())) {
        return entered;
      }
      entered = each.at();
    }
    return entered;
  }

  /** The id that another try of it has: the same whenever it is asked for. */
  ReleaseId nextTry() {
    return ReleaseId.again(id.service(), upload, journey.attempt() + 1);
  }

  /** The first event of another try: an image it has is not built again. */
  ReleaseEvent triedAgain() {
    return new ReleaseEvent.TriedAgain(
        id,
        journey.attempt() + 1,
        source.orElseThrow(),
        crate.orElseThrow(),
        warnings,
        image.map(i -> new ReleaseEvent.BuildSucceeded("", i, report, contents, cost)),
        journey.origin());
  }
}
