package dev.slipway.console.page;

import dev.slipway.console.ask.Event;
import dev.slipway.release.ByteSize;
import dev.slipway.release.Command;
import dev.slipway.release.Crate;
import dev.slipway.release.Finding;
import dev.slipway.release.Haste;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.Stage;
import dev.slipway.release.Whereabouts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What stages, events and commands are called, on the page and on the command line. */
public final class Words {

  private Words() {}

  /** How a stage is to be taken. */
  public enum Tone {
    GOOD,
    BAD,
    WAITING,
    GOING,
    PAST
  }

  public static Tone tone(Stage stage) {
    return switch (stage) {
      case Stage.Live s -> Tone.GOOD;
      case Stage.Rejected s -> Tone.BAD;
      case Stage.BuildFailed s -> Tone.BAD;
      case Stage.RollingBack s -> Tone.BAD;
      case Stage.RolledBack s -> Tone.BAD;
      case Stage.Failed s -> Tone.BAD;
      case Stage.Held s -> Tone.WAITING;
      case Stage.Paused s -> Tone.WAITING;
      case Stage.Queued s -> Tone.WAITING;
      case Stage.BuildQueued s -> Tone.WAITING;
      case Stage.AwaitingApproval s -> Tone.WAITING;
      case Stage.Watching s -> Tone.GOOD;
      case Stage.Unchanged s -> Tone.PAST;
      case Stage.Replaced s -> Tone.PAST;
      case Stage.Cancelled s -> Tone.PAST;
      case Stage.Superseded s -> Tone.PAST;
      case Stage.Active s -> Tone.GOING;
    };
  }

  /** {@code canary, 10 % of the traffic}. */
  public static String stage(Stage stage) {
    return switch (stage) {
      case Stage.Building s when s.attempt() > 1 -> "building, attempt " + s.attempt();
      case Stage.Candidate s when s.smoked() -> "candidate, smoke test passed" + s.rollout().regions().in();
      case Stage.Candidate s -> "candidate" + s.rollout().regions().in();
      case Stage.Canary s -> "canary, %d %% of the traffic%s".formatted(s.percent(), s.rollout().regions().in());
      case Stage.Paused s -> "paused at %d %% of the traffic%s".formatted(s.percent(), s.rollout().regions().in());
      default -> stage.label().replace('-', ' ');
    };
  }

  /** Whether what was said of an event names who asked for it, as the reason of a command does. */
  public static boolean names(String said, String actor) {
    return said.endsWith("(" + actor + ")") || said.endsWith("asked by " + actor);
  }

  /** {@code hello 1.2.0}; without a version where the archive was refused. */
  static String name(Release release) {
    return release.id().service() + release.crate().map(Crate::version).map(v -> " " + v).orElse("");
  }

  /** The share of the traffic a release that is being rolled out has, in percent. */
  static Optional<Integer> share(Stage stage) {
    return switch (stage) {
      case Stage.Canary s -> Optional.of(s.percent());
      case Stage.Paused s -> Optional.of(s.percent());
      default -> Optional.empty();
    };
  }

  /** What happened, in one sentence, possibly followed by lines that say more. */
  public static String event(ReleaseEvent event) {
    return switch (event) {
      case ReleaseEvent.Received e ->
          "Received %s, %s%s"
              .formatted(
                  e.source().upload().object(),
                  Shown.bytes(e.source().bytes()),
                  findings(", with warnings:", e.warnings()));
      case ReleaseEvent.Rejected e -> "Rejected" + findings(":", e.findings());
      case ReleaseEvent.BuildSubmitted e ->
          "Build %s submitted%s"
              .formatted(e.buildId(), e.attempt() > 1 ? ", attempt " + e.attempt() : "");
      case ReleaseEvent.BuildSucceeded e ->
          "Built, image of " + ByteSize.shown(e.image().compressedBytes());
      case ReleaseEvent.BuildFailed e -> "Build failed: " + e.reason();
      case ReleaseEvent.BuildEnqueued e -> "Its build waits for that of " + e.behind();
      case ReleaseEvent.BuildLost e -> "The builder failed: " + e.reason();
      case ReleaseEvent.FoundUnchanged e -> "The same as " + e.as() + ", which is live";
      case ReleaseEvent.Enqueued e -> "Waits behind " + e.behind();
      case ReleaseEvent.ApprovalRequested e ->
          "Waits for the approval of %d of %s, until %s"
              .formatted(e.quorum(), String.join(", ", e.approvers()), e.until());
      case ReleaseEvent.Approved e -> "Approved" + because(e.reason());
      case ReleaseEvent.Overridden e -> "The freeze is overridden" + because(e.reason());
      case ReleaseEvent.HoldPlaced e -> "The service is held" + because(e.reason());
      case ReleaseEvent.HoldLifted e -> "The service is held no longer" + because(e.reason());
      case ReleaseEvent.CommandRefused e ->
          "Not done, %s: %s".formatted(command(e.kind()), e.why());
      case ReleaseEvent.Retried e -> "Tried again, as " + e.as();
      case ReleaseEvent.PromotionReceived e ->
          "Promoted from %s%s%s"
              .formatted(
                  e.origin(),
                  e.origin().by().map(by -> ", asked by " + by).orElse(""),
                  e.origin().reason().map(why -> ": " + why).orElse(""));
      case ReleaseEvent.ImageCopied e ->
          "Image copied here, not built: " + ByteSize.shown(e.image().compressedBytes());
      case ReleaseEvent.RegionServed e -> "100 % of the traffic in " + e.region();
      case ReleaseEvent.RegionEntered e -> "Begins in " + e.region();
      case ReleaseEvent.RegionRestored e ->
          "%s: %s"
              .formatted(
                  e.region(),
                  e.restored()
                      .map(revision -> "rolled back to " + revision)
                      .orElse("stays as it is: " + e.why()));
      case ReleaseEvent.TriedAgain e ->
          "Try %d of %s%s"
              .formatted(e.attempt(), e.of(), findings(", with warnings:", e.warnings()));
      case ReleaseEvent.Held e -> "Held: " + e.reason();
      case ReleaseEvent.RolloutStarted e ->
          "Rollout of revision %s began%s"
              .formatted(e.rollout().revision(), findings(", with warnings:", e.warnings()));
      case ReleaseEvent.JobSucceeded e -> "its job, run before any traffic, ended well";
      case ReleaseEvent.SmokePassed e ->
          "Smoke test passed: %d requests, the first answered after %d ms%s"
              .formatted(
                  e.requests(), e.firstMillis(), findings(", with warnings:", e.warnings()));
      case ReleaseEvent.StepReached e ->
          "%d %% of the traffic (step %d)".formatted(e.percent(), e.step() + 1);
      case ReleaseEvent.Paused e -> "Paused: " + e.reason();
      case ReleaseEvent.Resumed e -> "Resumed";
      case ReleaseEvent.Hastened e ->
          (e.haste() == Haste.ALL ? "To all the traffic at once" : "The next step at once")
              + because(e.reason());
      case ReleaseEvent.Promoted e ->
          (e.stepsSkipped()
                  ? "All the traffic at once: there was nothing to compare it with"
                  : "All the traffic")
              + (e.watch().isZero() ? "" : "; watched for " + Shown.span(e.watch()));
      case ReleaseEvent.WatchEnded e -> "Watched long enough: it is live";
      case ReleaseEvent.RollbackRefused e -> "Not rolled back: " + e.reason();
      case ReleaseEvent.RollbackStarted e -> "Rollback began: " + e.reason();
      case ReleaseEvent.RolledBack e -> "Rolled back: " + e.restored() + " serves again";
      case ReleaseEvent.Failed e -> "Failed: " + e.reason();
      case ReleaseEvent.Cancelled e -> "Cancelled: " + e.reason();
      case ReleaseEvent.Superseded e -> "Superseded by " + e.by();
      case ReleaseEvent.Replaced e -> "Replaced by " + e.by();
      case ReleaseEvent.Restored e -> "Live again, " + e.instead() + " was rolled back";
    };
  }

  /** {@code ", in us-central1"} for an event of several regions that names none; else nothing. */
  public static String where(List<Event> events, int index) {
    List<ReleaseEvent> before = events.subList(0, index).stream().map(Event::event).toList();
    return Whereabouts.of(before, events.get(index).event())
        .map(region -> ", in " + region)
        .orElse("");
  }

  private static String because(String reason) {
    return reason.isBlank() ? "" : ": " + reason;
  }

  private static String findings(String before, List<Finding> findings) {
    return findings.isEmpty()
        ? ""
        : before
            + findings.stream().map(f -> "\n" + f.toString()).collect(Collectors.joining());
  }

  /** {@code Roll back}. */
  public static String command(Command.Kind kind) {
    return switch (kind) {
      case ROLLBACK -> "Roll back";
      case PAUSE -> "Pause";
      case RESUME -> "Resume";
      case CANCEL -> "Cancel";
      case SKIP -> "Next step now";
      case PROMOTE -> "Promote to 100 %";
      case APPROVE -> "Approve";
      case REJECT -> "Reject";
      case RETRY -> "Try again";
      case HOLD -> "Hold the service";
      case UNHOLD -> "Lift the hold";
      case OVERRIDE -> "Override the freeze";
    };
  }

  /** What a command does, so that nobody has to try it to know. */
  public static String meaning(Command.Kind kind) {
    return switch (kind) {
      case ROLLBACK ->
          "What served before serves all the traffic again. From 100 %, that also holds the service.";
      case PAUSE -> "The rollout halts where it is; the traffic stays as it is.";
      case RESUME -> "The rollout goes on from the step it was halted in.";
      case CANCEL -> "The release ends; what it serves already is rolled back.";
      case SKIP -> "The rollout takes its next step without waiting for the hold's end.";
      case PROMOTE -> "It gets all the traffic now, whatever steps are left.";
      case APPROVE -> "You consent to its rollout.";
      case REJECT -> "The release ends without a rollout.";
      case RETRY -> "The same upload is tried again, as another release.";
      case HOLD -> "No rollout of the service begins until the hold is lifted.";
      case UNHOLD -> "Rollouts of the service may begin again.";
      case OVERRIDE -> "Its rollout begins in spite of the freeze; your name and reason are kept.";
    };
  }

  /** Whether it takes something away from users, or goes past a rule. */
  static boolean isGrave(Command.Kind kind) {
    return switch (kind) {
      case ROLLBACK, CANCEL, REJECT, OVERRIDE -> true;
      case PAUSE, RESUME, SKIP, PROMOTE, APPROVE, RETRY, HOLD, UNHOLD -> false;
    };
  }
}
