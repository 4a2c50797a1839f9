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
 * @param verdicts what the gate found at each step, oldest first
 * @param history every stage it entered, with the time, oldest first
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
    List<Verdict> verdicts,
    List<Entered> history) {

  @SuppressWarnings("NullAway") // a release written before there were such has none
  public Release {
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
    verdicts = verdicts == null ? List.of() : List.copyOf(verdicts);
    history = List.copyOf(history);
  }

  /** One the gate has not judged. */
  public Release(
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
      List<Entered> history) {
    this(
        id, sequence, stage, upload, source, crate, image, report, contents, cost, warnings,
        List.of(), history);
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
      default ->
          throw new IllegalArgumentException("a release begins Received or Rejected, not " + first);
    };
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
        List.of(new Entered(stage.label(), at)));
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
      case ReleaseEvent.RolloutStarted e -> next.warned(e.warnings());
      case ReleaseEvent.StepReached e -> next.judged(e.verdict());
      case ReleaseEvent.Paused e -> next.judged(e.verdict());
      case ReleaseEvent.Promoted e -> next.judged(e.verdict());
      case ReleaseEvent.RollbackStarted e -> next.judged(e.verdict());
      default -> next;
    };
  }

  private Release moved(Stage to, Instant at) {
    List<Entered> entered = new ArrayList<>(history);
    entered.add(new Entered(to.label(), at));
    return new Release(
        id, sequence + 1, to, upload, source, crate, image, report, contents, cost, warnings,
        verdicts, entered);
  }

  private Release from(Source checked, Crate described) {
    return new Release(
        id, sequence, stage, upload, Optional.of(checked), Optional.of(described), image, report,
        contents, cost, warnings, verdicts, history);
  }

  private Release built(ReleaseEvent.BuildSucceeded e) {
    return new Release(
        id, sequence, stage, upload, source, crate, Optional.of(e.image()), e.report(),
        e.contents(), e.cost(), warnings, verdicts, history);
  }

  private Release costing(Optional<BuildCost> latest) {
    return new Release(
        id, sequence, stage, upload, source, crate, image, report, contents, latest, warnings,
        verdicts, history);
  }

  private Release warned(List<Finding> more) {
    List<Finding> all = new ArrayList<>(warnings);
    all.addAll(more);
    return new Release(
        id, sequence, stage, upload, source, crate, image, report, contents, cost, all,
        verdicts, history);
  }

  private Release judged(Optional<Verdict> verdict) {
    List<Verdict> all = new ArrayList<>(verdicts);
    verdict.ifPresent(all::add);
    return new Release(
        id, sequence, stage, upload, source, crate, image, report, contents, cost, warnings, all,
        history);
  }

  /** Whether it still has to be moved. */
  public boolean isActive() {
    return stage instanceof Stage.Active;
  }

  /** When it entered the stage it is in. */
  public Instant since() {
    return history.getLast().at();
  }
}
