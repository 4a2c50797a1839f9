package dev.slipway.cli.demo;

import com.google.errorprone.annotations.FormatMethod;
import dev.slipway.ledger.Recorded;
import dev.slipway.local.slack.SlackMessage;
import dev.slipway.release.Crate;
import dev.slipway.release.Measure;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Stage;
import dev.slipway.release.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The points the demo makes, each checked against what was measured. */
final class Points {

  /** How far a measured share may be from the asked one, in percentage points. */
  private static final double TOLERANCE = 4;

  /** In percent: a tenth of the users times a fifth of their requests is 2. */
  private static final double MOST_HURT = 5;

  /** One point. */
  record Point(boolean holds, String what) {}

  private final List<Point> points = new ArrayList<>();

  List<Point> all() {
    return List.copyOf(points);
  }

  @FormatMethod
  private void add(boolean holds, String what, Object... values) {
    points.add(new Point(holds, String.format(Locale.ROOT, what, values)));
  }

  static long failed(List<LoadGenerator.Answer> answers) {
    return answers.stream().filter(a -> a.version().isEmpty()).count();
  }

  static long answeredBy(List<LoadGenerator.Answer> answers, Release release) {
    Optional<String> version = release.crate().map(Crate::version);
    return answers.stream().filter(a -> a.version().equals(version)).count();
  }

  void firstRelease(Release first) {
    add(
        first.stage() instanceof Stage.Live
            && first.history().stream().noneMatch(e -> e.stage().equals("canary")),
        "the first release went live, with no canary for want of anything to compare it with");
  }

  void canary(
      Release second,
      List<Recorded> events,
      List<LoadGenerator.Answer> answers,
      Duration hold) {
    List<Integer> percents = new ArrayList<>();
    for (Recorded event : events) {
      if (event.event() instanceof ReleaseEvent.StepReached step) {
        percents.add(step.percent());
        share(second, step.percent(), event.at(), hold, answers);
      }
    }
    boolean smoked = events.stream().anyMatch(e -> e.event() instanceof ReleaseEvent.SmokePassed);
    add(
        smoked && percents.equals(List.of(10, 50)) && second.stage() instanceof Stage.Live,
        "the second release passed its smoke test at 0%%, then took %s%% and 100%%",
        String.join("%, ", percents.stream().map(String::valueOf).toList()));
  }

  private void share(
      Release release,
      int percent,
      Instant from,
      Duration hold,
      List<LoadGenerator.Answer> answers) {
    List<LoadGenerator.Answer> window =
        answers.stream()
            .filter(a -> !a.at().isBefore(from) && a.at().isBefore(from.plus(hold)))
            .toList();
    double measured =
        window.isEmpty() ? 0 : 100.0 * answeredBy(window, release) / window.size();
    add(
        Math.abs(measured - percent) <= TOLERANCE,
        "asked for %d%% of the traffic, it got %.1f%% of %d requests",
        percent,
        measured,
        window.size());
  }

  void badRelease(Release third, List<LoadGenerator.Answer> answers) {
    long reached = answeredBy(answers, third);
    add(
        third.stage() instanceof Stage.RolledBack && reached == 0,
        "the third release failed its health check and was rolled back; it answered %d users",
        reached);
  }

  void stillLive(Release second) {
    add(second.stage() instanceof Stage.Live, "the second release serves on");
  }

  /** It fails a fifth of its requests, and has had a tenth of the users. */
  void slyRelease(Release fourth, List<Recorded> events, SlyRelease sly) {
    Optional<Measure> errors =
        fourth.verdicts().stream()
            .reduce((a, b) -> b)
            .filter(v -> v.outcome() == Verdict.Outcome.UNHEALTHY)
            .flatMap(v -> v.measure("error rate"));
    long steps = events.stream().filter(e -> e.event() instanceof ReleaseEvent.StepReached).count();
    add(
        fourth.stage() instanceof Stage.RolledBack && steps == 1 && errors.isPresent(),
        "the fourth release passed its smoke test and was caught in its first step after %.1f s: %s",
        sly.exposed().toMillis() / 1000.0,
        errors.map(Measure::words).orElse("no verdict"));
    add(
        sly.sent() > 0 && sly.percent() < MOST_HURT,
        "while it served, %d of %d users' requests failed: %.1f%%; without steps it would be 20%%",
        sly.failed(),
        sly.sent(),
        sly.percent());
  }

  /** A person rolled the second release back. */
  void rollback(
      Release second, Release first, Instant asked, List<LoadGenerator.Answer> answers) {
    List<LoadGenerator.Answer> since =
        answers.stream().filter(a -> !a.at().isBefore(asked)).toList();
    add(
        second.stage() instanceof Stage.RolledBack && first.stage() instanceof Stage.Live,
        "a person took the second release back: all users were the first's again after %.1f s",
        Duration.between(asked, second.since()).toMillis() / 1000.0);
    add(
        failed(since) == 0 && answeredBy(since, first) > 0,
        "%d requests were sent from the command on, %d failed",
        since.size(),
        failed(since));
  }

  /** What the crate fails on purpose is its own; everything else is Slipway's to answer for. */
  void load(List<LoadGenerator.Answer> answers) {
    long onPurpose = answers.stream().filter(LoadGenerator.Answer::onPurpose).count();
    add(
        failed(answers) == onPurpose && !answers.isEmpty(),
        "%d requests were sent all the while; hello 1.3.0 failed %d on purpose, Slipway failed %d",
        answers.size(),
        onPurpose,
        failed(answers) - onPurpose);
  }

  void ledger(List<Release> releases) {
    add(
        releases.stream().allMatch(r -> r.image().isPresent() && r.report().isPresent()),
        "the ledger knows every image's size, and how long cargo took");
  }

  void slack(List<Release> releases, Map<ReleaseId, SlackMessage> slack, int messages) {
    add(
        messages == releases.size()
            && slack.size() == releases.size()
            && slack.values().stream().allMatch(m -> m.edits() > 0),
        "Slack has one message for each release, %d in all, each kept up to date by edits",
        messages);
  }
}
