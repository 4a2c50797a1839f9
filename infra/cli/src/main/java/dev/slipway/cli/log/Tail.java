package dev.slipway.cli.log;

import com.google.logging.v2.LogEntry;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.terminal.Screen;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Log entries in the order of time: those there are, and then, for who wants to look on, those that
 * come. An entry can come late, so some time before the newest is looked at again each time.
 */
final class Tail {

  /** Cloud Logging takes seconds to show what was written; more, when it is busy. */
  private static final Duration LATE = Duration.ofMinutes(1);

  /** After the end of a release: what was written last has to come through. */
  private static final int LAST_LOOKS = 2;

  private static final int MOST_FAILURES = 5;
  private static final int MOST_AT_ONCE = 10_000;

  private final Sources sources;
  private final Screen screen;
  private final Clock clock;
  private final Set<String> seen = new HashSet<>();
  private Instant newest = Instant.EPOCH;

  /**
   * Where entries come from.
   *
   * @param query which of Cloud Logging are wanted
   */
  record Sources(Logged logged, LogQuery query, BuildRows builds) {}

  Tail(Sources sources, Screen screen, Clock clock) {
    this.sources = sources;
    this.screen = screen;
    this.clock = clock;
  }

  /** The newest entries of a period, the oldest first. */
  List<LogRow> newest(Period period, int limit) {
    List<LogEntry> entries = sources.logged().newest(sources.query().within(period).filter(), limit);
    List<LogRow> logged = entries.reversed().stream().map(this::noted).toList();
    // What is older than the oldest that is shown would stand before it, and is not shown either.
    boolean cut = entries.size() == limit;
    Period shown =
        cut ? new Period(Optional.of(logged.getFirst().at()), period.until()) : period;
    List<LogRow> all = merged(sources.builds().of(shown), logged);
    return all.subList(Math.max(0, all.size() - limit), all.size());
  }

  /** Of two at the same time the build's comes first: it was there before what is said of it. */
  private static List<LogRow> merged(List<LogRow> builds, List<LogRow> logged) {
    return Stream.concat(builds.stream(), logged.stream())
        .sorted(Comparator.comparing(LogRow::at))
        .toList();
  }

  private LogRow noted(LogEntry entry) {
    LogRow row = LogRow.of(entry);
    seen.add(key(entry));
    newest = row.at().isAfter(newest) ? row.at() : newest;
    return row;
  }

  private static String key(LogEntry entry) {
    return entry.getLogName() + " " + entry.getInsertId();
  }

  /**
   * Shows what comes from now on, a line each, until it is at its end or this thread is interrupted.
   *
   * @param every how long to wait between two looks
   * @param atRest whether no more is to be expected
   */
  void follow(Duration every, BooleanSupplier atRest) {
    newest = newest.equals(Instant.EPOCH) ? clock.instant() : newest;
    int failures = 0;
    int looks = 0;
    while (looks < LAST_LOOKS) {
      if (pause(every)) {
        return;
      }
      try {
        boolean rests = atRest.getAsBoolean();
        merged(sources.builds().more(), come()).forEach(this::show);
        looks = rests ? looks + 1 : 0;
        failures = 0;
      } catch (Failure e) {
        if (Thread.interrupted()) {
          return;
        }
        if (++failures == MOST_FAILURES) {
          throw e;
        }
        screen.note(e.getMessage() + System.lineSeparator() + "Trying again.");
      }
    }
  }

  private List<LogRow> come() {
    Period late = new Period(Optional.of(newest.minus(LATE)), Optional.empty());
    List<LogEntry> entries =
        sources.logged().newest(sources.query().within(late).filter(), MOST_AT_ONCE);
    List<LogRow> come = new ArrayList<>();
    Set<String> still = new HashSet<>();
    for (LogEntry entry : entries.reversed()) {
      still.add(key(entry));
      if (!seen.contains(key(entry))) {
        come.add(noted(entry));
      }
    }
    // What is too old to come again need not be known any more.
    seen.retainAll(still);
    return come;
  }

  void show(LogRow row) {
    if (screen.isJson()) {
      screen.json(row.json());
    } else {
      row.lines().forEach(screen::line);
    }
  }

  /** Whether this thread was told to stop meanwhile. */
  private static boolean pause(Duration span) {
    try {
      boolean over = new CountDownLatch(1).await(span.toMillis(), TimeUnit.MILLISECONDS);
      assert !over : "nobody counts down";
      return false;
    } catch (InterruptedException obeyed) {
      return true;
    }
  }
}
