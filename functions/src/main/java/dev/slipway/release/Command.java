package dev.slipway.release;

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
    /** Take it out of traffic. */
    ROLLBACK,
    /** Halt its rollout where it is. */
    PAUSE,
    /** Let its rollout go on. */
    RESUME,
    /** End it before it serves anyone. */
    CANCEL
  }

  /** The event the command means for a release; empty where it means nothing in this stage. */
  public Optional<ReleaseEvent> event(Release of, ServiceRecord service) {
    String why = reason.isBlank() ? "asked by " + actor : reason + " (" + actor + ")";
    return switch (kind) {
      case ROLLBACK -> rollback(of.stage(), service, why);
      case PAUSE ->
          of.stage() instanceof Stage.Canary
              ? Optional.of(new ReleaseEvent.Paused(why))
              : Optional.empty();
      case RESUME ->
          of.stage() instanceof Stage.Paused
              ? Optional.of(new ReleaseEvent.Resumed())
              : Optional.empty();
      case CANCEL -> cancel(of.stage(), service, why);
    };
  }

  private static Optional<ReleaseEvent> rollback(Stage stage, ServiceRecord service, String why) {
    boolean inTraffic =
        stage instanceof Stage.Candidate
            || stage instanceof Stage.Canary
            || stage instanceof Stage.Paused
            || (stage instanceof Stage.Live && service.previous().isPresent());
    return inTraffic
        ? Optional.of(new ReleaseEvent.RollbackStarted(why, service.nextEpoch()))
        : Optional.empty();
  }

  private static Optional<ReleaseEvent> cancel(Stage stage, ServiceRecord service, String why) {
    return switch (stage) {
      case Stage.RollingBack s -> Optional.empty();
      case Stage.Candidate s -> rollback(s, service, why);
      case Stage.Canary s -> rollback(s, service, why);
      case Stage.Paused s -> rollback(s, service, why);
      case Stage.Active s -> Optional.of(new ReleaseEvent.Cancelled(why));
      case Stage.Settled s -> Optional.empty();
    };
  }
}
