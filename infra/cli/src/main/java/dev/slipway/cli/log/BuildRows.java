package dev.slipway.cli.log;

import dev.slipway.cli.environment.ConsoleApi;
import dev.slipway.cli.environment.ConsoleApi.LogPart;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What builds print. Cloud Build writes it into the team's bucket and not into Cloud Logging, and the
 * console reads it from there.
 *
 * <p>Its lines have no times. Those of a build that is looked back at stand where the build began;
 * those that come while one looks on, where they came.
 */
final class BuildRows {

  private static final String BUILDING = "building";

  /** As much as the console gives at once: of a longer log that is looked back at, its end. */
  private static final long MOST = 1 << 20;

  private final ConsoleApi api;
  private final Supplier<List<Release>> releases;
  private final Clock clock;
  private final Map<ReleaseId, Feed> feeds = new HashMap<>();

  /**
   * Reads what the builds of some releases print.
   *
   * @param releases which, as they are now
   */
  BuildRows(ConsoleApi api, Supplier<List<Release>> releases, Clock clock) {
    this.api = api;
    this.releases = releases;
    this.clock = clock;
  }

  /** One build's log, as far as it was read. */
  private static final class Feed {
    private Optional<String> build = Optional.empty();
    private long next;
    private String rest = "";
    private boolean ended;
  }

  /** What was printed by builds that began in a period, in the order of their begin. */
  List<LogRow> of(Period period) {
    List<LogRow> rows = new ArrayList<>();
    for (Release release : releases.get().reversed()) {
      Optional<Instant> begun = begun(release);
      if (begun.isEmpty()) {
        continue;
      }
      Feed feed = new Feed();
      feeds.put(release.id(), feed);
      if (begun.filter(period::contains).isPresent() || release.stage().label().equals(BUILDING)) {
        feed.next = -MOST;
        rows.addAll(read(release.id(), feed, begun.get()));
      } else {
        feed.ended = true;
      }
    }
    return rows;
  }

  /** What was printed since it was asked for last. */
  List<LogRow> more() {
    List<LogRow> rows = new ArrayList<>();
    for (Release release : releases.get().reversed()) {
      if (begun(release).isPresent()) {
        Feed feed = feeds.computeIfAbsent(release.id(), id -> new Feed());
        boolean again = feed.ended && release.stage().label().equals(BUILDING);
        if (!feed.ended || again) {
          rows.addAll(read(release.id(), feed, clock.instant()));
        }
      }
    }
    return rows;
  }

  private static Optional<Instant> begun(Release release) {
    return release.history().reversed().stream()
        .filter(entered -> entered.stage().equals(BUILDING))
        .findFirst()
        .map(Release.Entered::at);
  }

  /** All there is so far; a line that is not whole yet waits for its end. */
  private List<LogRow> read(ReleaseId id, Feed feed, Instant at) {
    List<LogRow> rows = new ArrayList<>();
    while (true) {
      LogPart part = api.log(id, feed.next);
      if (feed.build.isPresent() && !feed.build.equals(part.buildId())) {
        // It is built once more, and the log is another one.
        feed.rest = "";
        feed.next = 0;
        feed.build = part.buildId();
        continue;
      }
      feed.build = part.buildId();
      String text = feed.rest + part.log().text();
      feed.next = part.log().next();
      feed.ended = part.ended();
      boolean all = part.log().text().isEmpty();
      int end = all && part.ended() ? text.length() : text.lastIndexOf('\n') + 1;
      text.substring(0, end).lines().forEach(line -> rows.add(row(id, feed, at, line)));
      feed.rest = text.substring(end);
      if (all) {
        return rows;
      }
    }
  }

  private static LogRow row(ReleaseId id, Feed feed, Instant at, String line) {
    return LogRow.ofBuild(at, feed.build.orElse(""), id, line);
  }
}
