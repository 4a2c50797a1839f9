package dev.slipway.notify;

import dev.slipway.release.Crate;
import dev.slipway.release.Release;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a team's releases are written about.
 *
 * @param routes which channels are told what
 * @param steps the policy's shares of traffic, the last 100
 * @param buttons whether there is someone to answer a click
 */
public record Style(Routes routes, List<Integer> steps, Links links, boolean buttons) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private static final int COMMIT_DIGITS = 7;
  private static final int MOST_ACTS = 3;

  public Style {
    steps = List.copyOf(steps);
  }

  /** The message about a release. */
  Card card(Story story) {
    Message message = Message.of(story.release());
    Blocks blocks =
        new Blocks()
            .header(header(story.release()))
            .section(message.state())
            .section(progress(story))
            .section(message.detail())
            .section(people(story))
            .context(smallPrint(story));
    if (buttons) {
      blocks.actions(Buttons.of(story.release(), story.service()));
    }
    return new Card(message.text(), blocks.json());
  }

  /** What the thread says of one event. */
  Card reply(Story story, long sequence) {
    String says =
        story.event(sequence).map(e -> timeOfDay(e.at()) + "  " + Steps.of(e)).orElse("-");
    return new Card(Markup.limit(says, Markup.MAX_TEXT), new Blocks().section(says).json());
  }

  /** One event told by itself, to those who do not see the message. */
  Card notice(Story story, long sequence) {
    Release release = story.release();
    String what =
        "*%s*%s: %s"
            .formatted(
                release.id().service(),
                release.crate().map(c -> " " + Markup.escape(c.version())).orElse(""),
                story.event(sequence).map(Steps::of).orElse(""));
    Blocks blocks = new Blocks().section(what).context(smallPrint(story));
    return new Card(Markup.limit(what, Markup.MAX_TEXT), blocks.json());
  }

  private static String header(Release release) {
    String version = release.crate().map(c -> " " + c.version()).orElse("");
    return Markup.plain(release.id().service() + version)
        + release.crate().flatMap(Crate::commit).map(Style::commit).orElse("");
  }

  private static String commit(Crate.Commit commit) {
    String sha1 = commit.sha1();
    return " · "
        + Markup.plain(sha1.substring(0, Math.min(COMMIT_DIGITS, sha1.length())))
        + (commit.dirty() ? " + uncommitted changes" : "");
  }

  private String progress(Story story) {
    String bar = Progress.bar(story.release().stage());
    return Progress.line(story, steps) + (bar.isEmpty() ? "" : "\n" + bar);
  }

  /** The latest that people asked of it. */
  private static String people(Story story) {
    List<Story.Event> acts = story.events().stream().filter(Steps::isByAPerson).toList();
    return acts.subList(Math.max(0, acts.size() - MOST_ACTS), acts.size()).stream()
        .map(event -> ":bust_in_silhouette: " + Steps.brief(event))
        .collect(Collectors.joining("\n"));
  }

  private List<String> smallPrint(Story story) {
    List<String> all = new ArrayList<>();
    all.add(Markup.code(story.release().id().toString()));
    all.add(times(story.release()));
    all.addAll(links.of(story));
    return all;
  }

  private static String times(Release release) {
    Instant began = release.history().getFirst().at();
    return "received "
        + time(began)
        + (release.isActive() ? "" : ", took " + words(Duration.between(began, release.since())));
  }

  /** {@code 2 s}, {@code 3 min 05 s} or {@code 1 h 20 min}. */
  static String words(Duration time) {
    Duration whole = time.isNegative() ? Duration.ZERO : time;
    if (whole.toMinutes() == 0) {
      return whole.toSeconds() + " s";
    }
    return whole.toHours() > 0
        ? "%d h %02d min".formatted(whole.toHours(), whole.toMinutesPart())
        : "%d min %02d s".formatted(whole.toMinutes(), whole.toSecondsPart());
  }

  /** Slack shows it in each reader's time zone. */
  private static String time(Instant at) {
    return "<!date^%d^{date_short_pretty} {time_secs}|%s UTC>"
        .formatted(at.getEpochSecond(), DAY_AND_TIME.format(at.atOffset(ZoneOffset.UTC)));
  }

  private static String timeOfDay(Instant at) {
    return "<!date^%d^{time_secs}|%s UTC>"
        .formatted(at.getEpochSecond(), TIME.format(at.atOffset(ZoneOffset.UTC)));
  }
}
