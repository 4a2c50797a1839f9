package dev.slipway.cli.release;

import dev.slipway.console.ask.Event;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why each event of a release came about, told from what was recorded, and from nothing else. */
final class Because {

  private final List<Event> before;

  /**
   * Tells of one event.
   *
   * @param before the events before it, oldest first
   */
  Because(List<Event> before) {
    this.before = List.copyOf(before);
  }

  /** The verdict it rests on, where a gate judged. */
  static Optional<Verdict> verdict(ReleaseEvent event) {
    return switch (event) {
      case ReleaseEvent.StepReached e -> e.verdict();
      case ReleaseEvent.Paused e -> e.verdict();
      case ReleaseEvent.Promoted e -> e.verdict();
      case ReleaseEvent.WatchEnded e -> e.verdict();
      case ReleaseEvent.RollbackStarted e -> e.verdict();
      default -> Optional.empty();
    };
  }

  /** The reason in words; empty where the event itself says all there is. */
  Optional<String> of(ReleaseEvent event) {
    return switch (event) {
      case ReleaseEvent.Received e ->
          Optional.of(
              e.warnings().isEmpty()
                  ? "the archive passed every check"
                  : "the archive passed, with %d warnings".formatted(e.warnings().size()));
      case ReleaseEvent.BuildSubmitted e -> submitted(e);
      case ReleaseEvent.BuildSucceeded e ->
          Optional.of("the build pushed " + e.image().name() + "@" + e.image().digest());
      case ReleaseEvent.RolloutStarted e -> Optional.of(started(e));
      case ReleaseEvent.StepReached e -> Optional.of(moved(e.verdict()));
      case ReleaseEvent.Promoted e ->
          Optional.of(
              e.stepsSkipped() ? "no release served that steps could compare" : moved(e.verdict()));
      case ReleaseEvent.WatchEnded e ->
          Optional.of(judged(e.verdict()).orElse("the watch was over and no gate objected"));
      case ReleaseEvent.Paused e -> judged(e.verdict());
      case ReleaseEvent.RollbackStarted e ->
          e.by().map(person -> person + " wants it").or(() -> judged(e.verdict()));
      case ReleaseEvent.RolledBack e -> Optional.of("the rollback that began is complete");
      case ReleaseEvent.Resumed e -> Optional.of("a person lets it go on");
      case ReleaseEvent.BuildEnqueued e -> Optional.of("each release's build has its turn (contest)");
      case ReleaseEvent.Enqueued e -> Optional.of("one rollout of a service at a time");
      case ReleaseEvent.FoundUnchanged e -> Optional.of("there is nothing to roll out");
      case ReleaseEvent.ApprovalRequested e -> Optional.of("the policy wants people's consent");
      default -> Optional.empty();
    };
  }

  private Optional<String> submitted(ReleaseEvent.BuildSubmitted event) {
    Optional<ReleaseEvent> last = last();
    return Optional.of(
        last.filter(ReleaseEvent.BuildLost.class::isInstance)
            .map(lost -> "the attempt before was lost: " + ((ReleaseEvent.BuildLost) lost).reason())
            .orElse(
                event.attempt() > 1 ? "the attempt before was lost" : "its archive is stored"));
  }

  private static String started(ReleaseEvent.RolloutStarted event) {
    return "the service's slot is its own (epoch %d); %s"
        .formatted(
            event.rollout().epoch(),
            event
                .rollout()
                .baseline()
                .map(baseline -> "it is compared with " + baseline)
                .orElse("nothing served before"));
  }

  /** Why traffic was widened. */
  private String moved(Optional<Verdict> verdict) {
    if (last().filter(ReleaseEvent.Hastened.class::isInstance).isPresent()) {
      return "a person did not want to wait";
    }
    return judged(verdict)
        .orElseGet(
            () ->
                last().filter(ReleaseEvent.SmokePassed.class::isInstance).isPresent()
                    ? "the smoke test passed"
                    : "the step was held as long as the policy wants; no gate judged");
  }

  private static Optional<String> judged(Optional<Verdict> verdict) {
    return verdict.map(
        v ->
            "the gate found it %s from %s to %s: %d requests counted, %d sent by Slipway"
                .formatted(
                    v.outcome().name().toLowerCase(Locale.ROOT),
                    Told.time(v.since()),
                    Told.time(v.until()),
                    v.requests(),
                    v.synthetic()));
  }

  private Optional<ReleaseEvent> last() {
    return before.isEmpty() ? Optional.empty() : Optional.of(before.getLast().event());
  }
}
