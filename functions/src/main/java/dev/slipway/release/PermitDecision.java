package dev.slipway.release;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether people let a rollout begin: their approval, a hold of the service, a freeze. */
final class PermitDecision {

  private PermitDecision() {}

  /**
   * What to do about what is missing; empty when nothing is.
   *
   * <p>Approval comes first, so that people can be asked while a hold or a freeze lasts.
   */
  static Optional<Step> missing(Situation s) {
    return approval(s).or(() -> hold(s)).or(() -> freeze(s));
  }

  static Optional<Step> approval(Situation s) {
    Approval approval = s.policy().approval();
    List<Vote> votes = s.release().journey().approvals();
    if (!approval.isAsked() || approval.isGivenBy(votes)) {
      return Optional.empty();
    }
    if (!(s.release().stage() instanceof Stage.AwaitingApproval stage)) {
      return Optional.of(
          new Step.Note(
              new ReleaseEvent.ApprovalRequested(
                  approval.approvers(), approval.quorum(), s.now().plus(approval.timeout()))));
    }
    return Optional.of(
        s.now().isBefore(stage.until())
            ? new Step.Wait("it waits for approval", false)
            : new Step.Note(new ReleaseEvent.Cancelled(late(stage, votes))));
  }

  private static String late(Stage.AwaitingApproval stage, List<Vote> votes) {
    String who = votes.stream().map(Vote::by).collect(Collectors.joining(", ", " (", ")"));
    return "it was not approved in time: %d of %d approvals%s"
        .formatted(votes.size(), stage.quorum(), votes.isEmpty() ? "" : who);
  }

  static Optional<Step> hold(Situation s) {
    return s.service()
        .hold()
        .map(
            hold ->
                SlotDecision.held(
                    s,
                    new Stage.Held(
                        "no rollout of %s begins until somebody lifts the hold: %s, since %s"
                            .formatted(
                                s.service().name(),
                                hold,
                                hold.at().truncatedTo(ChronoUnit.SECONDS)),
                        Stage.Held.Cause.HOLD)));
  }

  static Optional<Step> freeze(Situation s) {
    if (s.release().journey().override().isPresent()) {
      return Optional.empty();
    }
    return FreezeWindow.on(s.policy().freeze(), s.now())
        .map(
            frozen ->
                SlotDecision.held(
                    s,
                    new Stage.Held(
                        "no rollout begins in the freeze '%s', until %s; OVERRIDE breaks the glass"
                            .formatted(frozen.name(), frozen.until()),
                        Stage.Held.Cause.FREEZE)));
  }
}
