package dev.slipway.release;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What would keep a rollout from beginning now, in the order it would meet it. */
final class PlannedWaits {

  private PlannedWaits() {}

  static List<String> of(Situation s) {
    return Stream.concat(build(s).stream(), rollout(s)).toList();
  }

  private static Optional<String> build(Situation s) {
    return s.policy().pace().contest() == Policy.Contest.QUEUE && !s.service().builds().isEmpty()
        ? Optional.of("its build has its turn after that of " + s.service().builds().getLast())
        : Optional.empty();
  }

  private static Stream<String> rollout(Situation s) {
    return Stream.of(
            PermitDecision.approval(s),
            PermitDecision.hold(s),
            PermitDecision.freeze(s),
            SlotDecision.queue(s))
        .flatMap(Optional::stream)
        .flatMap(step -> said(step).stream());
  }

  private static Optional<String> said(Step step) {
    return step instanceof Step.Note(ReleaseEvent event)
        ? switch (event) {
          case ReleaseEvent.ApprovalRequested e ->
              Optional.of(
                  "%d of %s must approve until %s"
                      .formatted(e.quorum(), String.join(", ", e.approvers()), e.until()));
          case ReleaseEvent.Held e -> Optional.of(e.reason());
          case ReleaseEvent.Enqueued e -> Optional.of("it has its turn after " + e.behind());
          default -> Optional.empty();
        }
        : Optional.empty();
  }
}
