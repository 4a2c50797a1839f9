package dev.slipway.release;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What people can ask of a release as it stands: for buttons, and before a command is obeyed. */
public final class Actions {

  /** What leads on first, what ends last. */
  private static final List<Command.Kind> ORDER =
      List.of(
          Command.Kind.APPROVE,
          Command.Kind.RESUME,
          Command.Kind.SKIP,
          Command.Kind.PROMOTE,
          Command.Kind.RETRY,
          Command.Kind.OVERRIDE,
          Command.Kind.PAUSE,
          Command.Kind.UNHOLD,
          Command.Kind.HOLD,
          Command.Kind.REJECT,
          Command.Kind.ROLLBACK,
          Command.Kind.CANCEL);

  private Actions() {}

  /** The commands that apply now. Who asks is not known here: that an approver must. */
  public static Set<Command.Kind> of(Release release, ServiceRecord service) {
    Set<Command.Kind> apply = EnumSet.noneOf(Command.Kind.class);
    for (Command.Kind kind : Command.Kind.values()) {
      if (refusal(kind, release, service).isEmpty()) {
        apply.add(kind);
      }
    }
    return apply;
  }

  /**
   * What has a button, of what applies, in the order of the buttons. To cancel what can be rolled
   * back, or rejected, would do the same.
   */
  public static List<Command.Kind> shown(Set<Command.Kind> applying) {
    boolean same =
        applying.contains(Command.Kind.ROLLBACK) || applying.contains(Command.Kind.REJECT);
    return ORDER.stream()
        .filter(applying::contains)
        .filter(kind -> !(same && kind == Command.Kind.CANCEL))
        .toList();
  }

  /** Why a command cannot be obeyed, whoever asks; empty when it can. */
  static Optional<String> refusal(Command.Kind kind, Release release, ServiceRecord service) {
    Stage stage = release.stage();
    return switch (kind) {
      case ROLLBACK -> rollback(stage, service);
      case PAUSE -> unless(stage instanceof Stage.Canary, release, "only a canary can be paused");
      case RESUME -> unless(stage instanceof Stage.Paused, release, "only what is paused goes on");
      case CANCEL -> cancel(stage, service);
      case SKIP -> skip(release);
      case PROMOTE -> promote(release);
      case APPROVE, REJECT ->
          unless(stage instanceof Stage.AwaitingApproval, release, "nobody's approval is asked for");
      case RETRY -> retry(release, service);
      case HOLD ->
          service
              .hold()
              .map(hold -> "the service is held already: " + hold)
              .or(() -> standing(release));
      case UNHOLD ->
          service.hold().isEmpty()
              ? Optional.of("the service is not held")
              : standing(release);
      case OVERRIDE -> override(release);
    };
  }

  /** Whether its candidate may have traffic, or all of it. */
  static boolean isInTraffic(Stage stage) {
    return stage instanceof Stage.Candidate
        || stage instanceof Stage.Canary
        || stage instanceof Stage.Paused
        || stage instanceof Stage.Watching
        || stage instanceof Stage.Live;
  }

  private static Optional<String> unless(boolean applies, Release release, String rule) {
    return applies ? Optional.empty() : Optional.of(rule + "; it is " + release.stage().label());
  }

  private static Optional<String> rollback(Stage stage, ServiceRecord service) {
    if (stage instanceof Stage.RollingBack) {
      return Optional.of("it is being rolled back already");
    }
    if (!isInTraffic(stage)) {
      return Optional.of("it has no traffic to be taken from it; it is " + stage.label());
    }
    boolean serves = stage instanceof Stage.Live || stage instanceof Stage.Watching;
    return serves && service.previous().isEmpty()
        ? Optional.of(
            "there is no release before it to go back to: upload what should serve instead")
        : Optional.empty();
  }

  private static Optional<String> cancel(Stage stage, ServiceRecord service) {
    return switch (stage) {
      case Stage.RollingBack s -> Optional.of("it is being rolled back already");
      case Stage.Watching s -> rollback(stage, service);
      case Stage.Active s -> Optional.empty();
      case Stage.Live s -> Optional.of("it is live: roll it back instead");
      case Stage.Settled s -> Optional.of("it is at its end; it is " + stage.label());
    };
  }

  private static Optional<String> skip(Release release) {
    boolean applies =
        release.stage() instanceof Stage.Paused
            || (release.stage() instanceof Stage.Canary canary && canary.haste() == Haste.NONE);
    return unless(applies, release, "only a canary that holds can skip the rest of it");
  }

  private static Optional<String> promote(Release release) {
    return switch (release.stage()) {
      case Stage.Candidate s when !s.smoked() ->
          Optional.of("it has not passed its smoke test yet");
      case Stage.Candidate s when s.haste() == Haste.ALL -> Optional.of("it is being promoted");
      case Stage.Candidate s -> Optional.empty();
      case Stage.Canary s when s.haste() == Haste.ALL -> Optional.of("it is being promoted");
      case Stage.Canary s -> Optional.empty();
      case Stage.Paused s -> Optional.empty();
      default -> unless(false, release, "only a smoked candidate or a canary can be promoted");
    };
  }

  private static Optional<String> retry(Release release, ServiceRecord service) {
    Optional<String> stage =
        switch (release.stage()) {
          case Stage.BuildFailed s when !s.excerpt().isEmpty() ->
              Optional.of("the crate itself does not build: mend it and upload it");
          case Stage.BuildFailed s -> Optional.empty();
          case Stage.Failed s -> Optional.empty();
          case Stage.RolledBack s -> Optional.empty();
          case Stage.Cancelled s -> Optional.empty();
          default ->
              unless(
                  false,
                  release,
                  "only what failed, was rolled back or was cancelled can be tried again");
        };
    return stage.or(() -> overtaken(release, service));
  }

  private static Optional<String> overtaken(Release release, ServiceRecord service) {
    Optional<ReleaseId> already = release.journey().retriedAs();
    if (already.isPresent()) {
      return Optional.of("it was tried again already, as " + already.get());
    }
    return service.newestGeneration() > release.upload().generation()
        ? Optional.of("there is a newer upload: upload this one again to put it first")
        : Optional.empty();
  }

  /** A hold is asked of a release that means something to the service still. */
  private static Optional<String> standing(Release release) {
    boolean stands =
        release.isActive()
            || release.stage() instanceof Stage.Live
            || release.stage() instanceof Stage.RolledBack;
    return unless(stands, release, "a hold is asked of a release that is on its way or live");
  }

  private static Optional<String> override(Release release) {
    boolean frozen =
        release.stage() instanceof Stage.Held held && held.cause() == Stage.Held.Cause.FREEZE;
    return release.journey().override().isPresent()
        ? Optional.of("its rollout may begin in spite of the freeze already")
        : unless(frozen, release, "only a release held by a freeze can have the glass broken");
  }
}
