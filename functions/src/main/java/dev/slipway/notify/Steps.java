package dev.slipway.notify;

import dev.slipway.release.ByteSize;
import dev.slipway.release.Finding;
import dev.slipway.release.Haste;
import dev.slipway.release.Origin;
import dev.slipway.release.ReleaseEvent;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One event of a release in mrkdwn, as the thread tells it. */
final class Steps {

  /** Pub/Sub, the pipeline and the sweep act in this name. */
  private static final String NOBODY = "slipway";

  private static final int MAX_FINDINGS = 20;

  private Steps() {}

  /** What happened; and, where a person was behind it, who. */
  static String of(Story.Event event) {
    return says(event.event()) + by(event);
  }

  static boolean isByAPerson(Story.Event event) {
    return !event.actor().equals(NOBODY);
  }

  /** {@code paused: too slow (ana)}, short enough for a line. */
  static String brief(Story.Event event) {
    return Markup.limit(of(event).lines().findFirst().orElse(""), 300);
  }

  private static String by(Story.Event event) {
    return isByAPerson(event) ? " - by " + Markup.escape(event.actor()) : "";
  }

  private static String says(ReleaseEvent event) {
    return switch (event) {
      case ReleaseEvent.Received e -> received(e);
      case ReleaseEvent.Rejected e -> "rejected\n" + findings(e.findings());
      case ReleaseEvent.BuildSubmitted e ->
          "building" + (e.attempt() > 1 ? ", attempt " + e.attempt() : "");
      case ReleaseEvent.BuildSucceeded e ->
          "built, image " + ByteSize.shown(e.image().compressedBytes());
      case ReleaseEvent.BuildFailed e ->
          ("build failed: " + Markup.escape(e.reason()) + "\n" + Markup.fence(e.excerpt())).strip();
      case ReleaseEvent.BuildLost e ->
          "the builder failed, trying again: " + Markup.escape(e.reason());
      case ReleaseEvent.FoundUnchanged e -> "unchanged, `" + e.as() + "` is live already";
      case ReleaseEvent.BuildEnqueued e -> "its build waits for that of `" + e.behind() + "`";
      case ReleaseEvent.Enqueued e -> "waiting behind `" + e.behind() + "`";
      case ReleaseEvent.Held e -> "held: " + Markup.escape(e.reason());
      case ReleaseEvent.ApprovalRequested e ->
          "%d of %s must approve until %s"
              .formatted(
                  e.quorum(), Markup.escape(String.join(", ", e.approvers())), e.until());
      case ReleaseEvent.Approved e -> "approved" + reason(e.reason());
      case ReleaseEvent.Overridden e -> "glass broken, the freeze is passed" + reason(e.reason());
      case ReleaseEvent.HoldPlaced e -> "the service is held" + reason(e.reason());
      case ReleaseEvent.HoldLifted e -> "the hold is lifted" + reason(e.reason());
      case ReleaseEvent.CommandRefused e ->
          "not done, %s: %s".formatted(Buttons.label(e.kind()), Markup.escape(e.why()));
      case ReleaseEvent.Retried e -> "tried again as `" + e.as() + "`";
      case ReleaseEvent.TriedAgain e -> "try %d of `%s`".formatted(e.attempt(), e.of());
      case ReleaseEvent.PromotionReceived e -> promoted(e.origin());
      case ReleaseEvent.ImageCopied e ->
          "image copied here, not built, " + ByteSize.shown(e.image().compressedBytes());
      case ReleaseEvent.RolloutStarted e ->
          "candidate " + Markup.code(e.rollout().revision()) + " at 0%";
      case ReleaseEvent.JobSucceeded e -> "its job, run before any traffic, ended well";
      case ReleaseEvent.SmokePassed e ->
          "smoke test passed: %d answers, the first after %d ms%s"
              .formatted(e.requests(), e.firstMillis(), warned(e.warnings()));
      case ReleaseEvent.StepReached e -> e.percent() + "% of traffic";
      case ReleaseEvent.Paused e -> "paused: " + Markup.escape(e.reason());
      case ReleaseEvent.Resumed e -> "resumed";
      case ReleaseEvent.Hastened e -> hastened(e.haste()) + reason(e.reason());
      case ReleaseEvent.Promoted e -> promoted(e);
      case ReleaseEvent.RegionServed e -> "100% of traffic in " + Markup.escape(e.region());
      case ReleaseEvent.RegionEntered e -> "next region: " + Markup.escape(e.region());
      case ReleaseEvent.RegionRestored e ->
          "%s: %s"
              .formatted(
                  Markup.escape(e.region()),
                  e.restored()
                      .map(revision -> "rolled back to " + Markup.code(revision))
                      .orElse("stays as it is: " + Markup.escape(e.why())));
      case ReleaseEvent.WatchEnded e -> "live: watched long enough";
      case ReleaseEvent.RollbackStarted e -> "rolling back: " + Markup.escape(e.reason());
      case ReleaseEvent.RollbackRefused e ->
          "cannot be rolled back, goes on serving: " + Markup.escape(e.reason());
      case ReleaseEvent.RolledBack e -> "rolled back to " + Markup.code(e.restored());
      case ReleaseEvent.Failed e -> "failed: " + Markup.escape(e.reason());
      case ReleaseEvent.Cancelled e -> "cancelled: " + Markup.escape(e.reason());
      case ReleaseEvent.Superseded e -> "superseded by `" + e.by() + "`";
      case ReleaseEvent.Replaced e -> "replaced by `" + e.by() + "`";
      case ReleaseEvent.Restored e -> "live again instead of `" + e.instead() + "`";
    };
  }

  private static String reason(String text) {
    return text.isBlank() ? "" : ": " + Markup.escape(text);
  }

  private static String hastened(Haste haste) {
    return switch (haste) {
      case NONE -> "not hastened";
      case NEXT_STEP -> "next step now";
      case ALL -> "all the traffic now";
    };
  }

  private static String promoted(ReleaseEvent.Promoted event) {
    String how = event.stepsSkipped() ? " (nothing to compare it with)" : "";
    return event.watch().isZero()
        ? "live, 100% of traffic" + how
        : "100% of traffic" + how + ", watched for " + Style.words(event.watch());
  }

  private static String promoted(Origin origin) {
    return "%s%s%s"
        .formatted(
            LedgerLines.promoted(origin),
            origin.by().map(by -> ", asked by " + Markup.escape(by)).orElse(""),
            origin.reason().map(why -> ": " + Markup.escape(why)).orElse(""));
  }

  private static String received(ReleaseEvent.Received event) {
    return "received %s of %s%s"
        .formatted(
            size(event.source().bytes()),
            Markup.code(event.source().upload().toString()),
            warned(event.warnings()));
  }

  private static String warned(List<Finding> warnings) {
    return warnings.isEmpty() ? "" : "\n" + findings(warnings);
  }

  private static String size(long bytes) {
    return bytes < 100_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : ByteSize.shown(bytes);
  }

  private static String findings(List<Finding> findings) {
    return findings.stream()
        .limit(MAX_FINDINGS)
        .map(finding -> "• " + Markup.escape(finding.toString()))
        .collect(Collectors.joining("\n"));
  }
}
