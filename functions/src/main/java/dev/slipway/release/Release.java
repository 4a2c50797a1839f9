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
    List<Entered> history) {

  public Release {
    history = List.copyOf(history);
  }

  /** A stage entered, and when. */
  public record Entered(String stage, Instant at) {}

  /** The release a first event makes. */
  public static Release begin(ReleaseId id, ReleaseEvent first, Instant at) {
    return switch (first) {
      case ReleaseEvent.Received e ->
          new Release(
              id,
              1,
              new Stage.Received(),
              e.source().upload(),
              Optional.of(e.source()),
              Optional.of(e.crate()),
              Optional.empty(),
              Optional.empty(),
              List.of(new Entered("received", at)));
      case ReleaseEvent.Rejected e ->
          new Release(
              id,
              1,
              new Stage.Rejected(e.findings()),
              e.upload(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              List.of(new Entered("rejected", at)));
      default ->
          throw new IllegalArgumentException("a release begins Received or Rejected, not " + first);
    };
  }

  /**
   * The release after an event: the one transition function.
   *
   * @throws IllegalTransitionException when the event cannot happen in this stage
   */
  public Release on(ReleaseEvent event, Instant at) {
    Release next = moved(Transitions.next(this, event, at), at);
    return event instanceof ReleaseEvent.BuildSucceeded built
        ? next.with(built.image(), built.report())
        : next;
  }

  private Release moved(Stage to, Instant at) {
    List<Entered> entered = new ArrayList<>(history);
    entered.add(new Entered(to.label(), at));
    return new Release(
        id, sequence + 1, to, upload, source, crate, image, report, entered);
  }

  private Release with(Image built, Optional<BuildReport> said) {
    return new Release(
        id, sequence, stage, upload, source, crate, Optional.of(built), said, history);
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
