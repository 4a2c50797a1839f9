package dev.slipway.notify;

import dev.slipway.release.Crate;
import dev.slipway.release.Finding;
import dev.slipway.release.Release;
import dev.slipway.release.Stage;
import dev.slipway.release.Vote;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What people read about a release.
 *
 * @param text one line for notifications, in Slack's mrkdwn, everything from outside escaped
 * @param state the same without the release's name
 * @param detail further lines, possibly none, in mrkdwn too
 */
record Message(String text, String state, String detail) {

  static Message of(Release release) {
    Stage stage = release.stage();
    return new Message(
        limit(headline(release)), limit(icon(stage) + " *" + bold(says(release))), detail(release));
  }

  /** The first words stand out; a reason after a colon does not. */
  private static String bold(String says) {
    int colon = says.indexOf(": ");
    return colon < 0 ? says + "*" : says.substring(0, colon) + "*" + says.substring(colon);
  }

  private static String headline(Release release) {
    String version = release.crate().map(Crate::version).map(v -> " " + escape(v)).orElse("");
    return "%s *%s*%s: %s"
        .formatted(
            icon(release.stage()), release.id().service(), version, says(release));
  }

  private static String icon(Stage stage) {
    return switch (stage) {
      case Stage.Live s -> ":white_check_mark:";
      case Stage.Unchanged s -> ":white_check_mark:";
      case Stage.Replaced s -> ":heavy_check_mark:";
      case Stage.Rejected s -> ":no_entry:";
      case Stage.BuildFailed s -> ":x:";
      case Stage.RollingBack s -> ":rewind:";
      case Stage.RolledBack s -> ":rewind:";
      case Stage.Failed s -> ":x:";
      case Stage.Cancelled s -> ":heavy_minus_sign:";
      case Stage.Superseded s -> ":heavy_minus_sign:";
      case Stage.Held s -> ":warning:";
      case Stage.AwaitingApproval s -> ":raised_hand:";
      case Stage.Watching s -> ":eyes:";
      case Stage.Paused s -> ":double_vertical_bar:";
      case Stage.Active s -> ":hourglass_flowing_sand:";
    };
  }

  private static String says(Release release) {
    return switch (release.stage()) {
      case Stage.Received s -> "received";
      case Stage.BuildQueued s -> "its build waits for that of `" + s.behind() + "`";
      case Stage.Building s -> s.attempt() == 1 ? "building" : "building, attempt " + s.attempt();
      case Stage.BuildLost s -> "the builder failed, trying again: " + escape(s.reason());
      case Stage.Built s -> "built";
      case Stage.Queued s -> "waiting behind `" + s.behind() + "`";
      case Stage.Held s -> "held: " + escape(s.reason());
      case Stage.AwaitingApproval s -> awaiting(s, release.journey().approvals());
      case Stage.Candidate s ->
          (s.smoked() ? "smoke test passed" : "candidate at 0%, smoke test")
              + s.rollout().regions().in();
      case Stage.Canary s -> s.percent() + "% of traffic" + s.rollout().regions().in();
      case Stage.Paused s ->
          "paused at %d%%%s: %s"
              .formatted(s.percent(), s.rollout().regions().in(), escape(s.reason()));
      case Stage.RollingBack s -> "rolling back: " + escape(s.reason());
      case Stage.Watching s -> "100% of traffic, watched until " + s.until();
      case Stage.Live s -> "live, 100% of traffic";
      case Stage.Rejected s -> "rejected";
      case Stage.BuildFailed s -> "build failed: " + escape(s.reason());
      case Stage.Unchanged s -> "unchanged, `" + s.as() + "` is live already";
      case Stage.RolledBack s ->
          "rolled back to `" + escape(s.restored()) + "`: " + escape(s.reason());
      case Stage.Failed s -> "failed: " + escape(s.reason());
      case Stage.Cancelled s -> "cancelled: " + escape(s.reason());
      case Stage.Superseded s -> "superseded by `" + s.by() + "`";
      case Stage.Replaced s -> "replaced by `" + s.by() + "`";
    };
  }

  private static String awaiting(Stage.AwaitingApproval stage, List<Vote> approvals) {
    String who = approvals.stream().map(Vote::by).collect(Collectors.joining(", "));
    return "%d of %d approvals%s, from %s, until %s"
        .formatted(
            approvals.size(),
            stage.quorum(),
            approvals.isEmpty() ? "" : " (" + escape(who) + ")",
            escape(String.join(", ", stage.approvers())),
            stage.until());
  }

  private static String detail(Release release) {
    return switch (release.stage()) {
      case Stage.Rejected s -> limit(reasons(s.findings()));
      case Stage.BuildFailed s -> Markup.fence(s.excerpt());
      default -> limit(LedgerLines.of(release));
    };
  }

  private static String reasons(List<Finding> findings) {
    return findings.stream()
        .map(finding -> "• " + escape(finding.toString()))
        .collect(Collectors.joining("\n"));
  }

  private static String limit(String text) {
    return Markup.limit(text, Markup.MAX_TEXT);
  }

  private static String escape(String text) {
    return Markup.escape(text);
  }
}
