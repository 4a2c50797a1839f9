package dev.slipway.release;

import java.util.List;
import java.util.Optional;

/**
 * What a person asks of a release.
 *
 * @param actor who asks
 * @param reason why, in their words
 */
public record Command(Kind kind, ReleaseId release, String actor, String reason) {

  /** What can be asked. */
  public enum Kind {
    /** Take it out of traffic; from 100%, that also holds the service. */
    ROLLBACK,
    /** Halt its rollout where it is. */
    PAUSE,
    /** Let its rollout go on. */
    RESUME,
    /** End it before it serves everyone. */
    CANCEL,
    /** Take its next step now. */
    SKIP,
    /** Give it all the traffic now. */
    PROMOTE,
    /** Consent to its rollout. */
    APPROVE,
    /** Refuse its rollout. */
    REJECT,
    /** Try it again, as another release of the same upload. */
    RETRY,
    /** Let no rollout of its service begin. */
    HOLD,
    /** Let rollouts of its service begin again. */
    UNHOLD,
    /** Break the glass: let its rollout begin in spite of a freeze. */
    OVERRIDE
  }

  /** What becomes of a command. */
  public sealed interface Outcome {

    /** It is carried out by this event. */
    record Do(ReleaseEvent event) implements Outcome {}

    /** It is not, and why: a sentence without its full stop. */
    record Refuse(String reason) implements Outcome {}
  }

  /** What becomes of the command, as the release and its service stand. */
  public Outcome outcome(Release of, ServiceRecord service) {
    Optional<String> refusal =
        Actions.refusal(kind, of, service).or(() -> personal(of.stage(), of.journey()));
    return refusal.isPresent()
        ? new Outcome.Refuse(refusal.get())
        : new Outcome.Do(event(of, service));
  }

  /** Why this person may not, or not like this. */
  private Optional<String> personal(Stage stage, Journey journey) {
    if (kind == Kind.OVERRIDE && reason.isBlank()) {
      return Optional.of("to break the glass needs a reason");
    }
    if (kind != Kind.APPROVE && kind != Kind.REJECT) {
      return Optional.empty();
    }
    Stage.AwaitingApproval asked = (Stage.AwaitingApproval) stage;
    if (!Approval.names(asked.approvers(), actor)) {
      return Optional.of(
          "%s is not among those whose approval counts: %s"
              .formatted(actor, String.join(", ", asked.approvers())));
    }
    Optional<String> person = Approval.entryOf(asked.approvers(), actor);
    boolean again =
        journey.approvals().stream()
            .anyMatch(vote -> Approval.entryOf(asked.approvers(), vote.by()).equals(person));
    return kind == Kind.APPROVE && again
        ? Optional.of(actor + " has approved it already")
        : Optional.empty();
  }

  private ReleaseEvent event(Release of, ServiceRecord service) {
    return switch (kind) {
      case ROLLBACK -> rollback(service);
      case PAUSE -> new ReleaseEvent.Paused(why());
      case RESUME -> new ReleaseEvent.Resumed();
      case CANCEL ->
          Actions.isInTraffic(of.stage()) ? rollback(service) : new ReleaseEvent.Cancelled(why());
      case SKIP -> new ReleaseEvent.Hastened(Haste.NEXT_STEP, why());
      case PROMOTE -> new ReleaseEvent.Hastened(Haste.ALL, why());
      case APPROVE -> new ReleaseEvent.Approved(actor, reason);
      case REJECT -> new ReleaseEvent.Cancelled("rejected: " + why());
      case RETRY -> new ReleaseEvent.Retried(of.nextTry());
      case HOLD -> new ReleaseEvent.HoldPlaced(actor, reason);
      case UNHOLD -> new ReleaseEvent.HoldLifted(actor, reason);
      case OVERRIDE -> new ReleaseEvent.Overridden(actor, reason);
    };
  }

  private ReleaseEvent rollback(ServiceRecord service) {
    return new ReleaseEvent.RollbackStarted(why(), service.nextEpoch(), Optional.of(actor));
  }

  private String why() {
    return reason.isBlank() ? "asked by " + actor : reason + " (" + actor + ")";
  }
}
