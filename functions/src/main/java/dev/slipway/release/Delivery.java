package dev.slipway.release;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How well releases are delivered in a span of time: the four figures of the DORA reports, as far
 * as a ledger of releases can know them.
 *
 * <p>A release counts on the day it first reached users, by a share of the traffic or by all of it.
 * What ended before that, as in a smoke test, is no deployment and no failure.
 *
 * @param from the span's begin, inclusive
 * @param to the span's end, exclusive
 * @param reached releases that reached users
 * @param shipped those of them that came to serve all the traffic
 * @param failed those of them that were taken back or failed afterwards
 * @param leadTime median time from the upload's arrival to all the traffic
 * @param slowLeadTime the same at the 90th percentile
 * @param timeToRestore median time from a failing release's rollback began until what served before
 *     served again; how long nobody noticed is not in it
 * @param days every day (UTC) of the span, oldest first
 */
public record Delivery(
    Instant from,
    Instant to,
    int reached,
    int shipped,
    int failed,
    Optional<Duration> leadTime,
    Optional<Duration> slowLeadTime,
    Optional<Duration> timeToRestore,
    List<Day> days) {

  /** Stages in which users are served by a release. */
  private static final Set<String> SERVING = Set.of("canary", "watching", "live");

  private static final Set<String> WHOLE = Set.of("watching", "live");
  private static final Set<String> TAKEN_BACK = Set.of("rolling-back", "failed");

  public Delivery {
    days = List.copyOf(days);
  }

  /**
   * One day.
   *
   * @param leadTime median of the releases that were shipped of those that reached users that day
   */
  public record Day(
      LocalDate day, int reached, int shipped, int failed, Optional<Duration> leadTime) {}

  /** What became of one release that reached users. */
  private record Fate(
      Instant reached, Optional<Duration> lead, boolean failed, Optional<Duration> restore) {}

  /** The figures of the releases that reached users from {@code from} until before {@code to}. */
  public static Delivery of(List<Release> releases, Instant from, Instant to) {
    List<Fate> fates =
        releases.stream()
            .flatMap(release -> fate(release).stream())
            .filter(fate -> !fate.reached().isBefore(from) && fate.reached().isBefore(to))
            .toList();
    List<Duration> leads = fates.stream().flatMap(fate -> fate.lead().stream()).sorted().toList();
    List<Duration> restores =
        fates.stream().flatMap(fate -> fate.restore().stream()).sorted().toList();
    return new Delivery(
        from,
        to,
        fates.size(),
        leads.size(),
        (int) fates.stream().filter(Fate::failed).count(),
        percentile(leads, 50),
        percentile(leads, 90),
        percentile(restores, 50),
        days(fates, from, to));
  }

  /**
   * How long a release took: from its upload's arrival to all the traffic, or to its latest event
   * where it did not get that far. What became of it afterwards is not in it.
   */
  public static Duration took(Release release) {
    List<Release.Entered> history = release.history();
    int whole = first(history, 0, WHOLE);
    return between(history, 0, whole < 0 ? history.size() - 1 : whole);
  }

  /** Releases that came to serve all the traffic, a day. */
  public double perDay() {
    double days = Duration.between(from, to).toMillis() / (double) Duration.ofDays(1).toMillis();
    return days <= 0 ? 0 : shipped / days;
  }

  /** The share of releases that reached users and failed them, 0 to 1; empty without any. */
  public Optional<Double> failureRate() {
    return reached == 0 ? Optional.empty() : Optional.of(failed / (double) reached);
  }

  private static Optional<Fate> fate(Release release) {
    List<Release.Entered> history = release.history();
    int reached = first(history, 0, SERVING);
    if (reached < 0) {
      return Optional.empty();
    }
    int whole = first(history, reached, WHOLE);
    int back = first(history, reached, TAKEN_BACK);
    int restored = back < 0 ? -1 : first(history, back, Set.of("rolled-back"));
    return Optional.of(
        new Fate(
            history.get(reached).at(),
            whole < 0 ? Optional.empty() : Optional.of(between(history, 0, whole)),
            back >= 0,
            restored < 0 ? Optional.empty() : Optional.of(between(history, back, restored))));
  }

  /** Where one of the stages is first entered, at {@code start} or after it; -1 for nowhere. */
  private static int first(List<Release.Entered> history, int start, Set<String> stages) {
    for (int i = start; i < history.size(); i++) {
      if (stages.contains(history.get(i).stage())) {
        return i;
      }
    }
    return -1;
  }

  private static Duration between(List<Release.Entered> history, int from, int to) {
    return Duration.between(history.get(from).at(), history.get(to).at());
  }

  /** The smallest value that so many percent of the values do not exceed. */
  private static Optional<Duration> percentile(List<Duration> sorted, int percent) {
    int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
    return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(Math.max(0, rank - 1)));
  }

  private static List<Day> days(List<Fate> fates, Instant from, Instant to) {
    Map<LocalDate, List<Fate>> byDay = new TreeMap<>();
    for (LocalDate day = day(from); day.isBefore(dayAfter(to)); day = day.plusDays(1)) {
      byDay.put(day, new ArrayList<>());
    }
    fates.forEach(fate -> byDay.computeIfAbsent(day(fate.reached()), d -> new ArrayList<>()).add(fate));
    List<Day> days = new ArrayList<>();
    byDay.forEach((day, of) -> days.add(day(day, of)));
    return days;
  }

  private static Day day(LocalDate day, List<Fate> fates) {
    List<Duration> leads = fates.stream().flatMap(fate -> fate.lead().stream()).sorted().toList();
    int failed = (int) fates.stream().filter(Fate::failed).count();
    return new Day(day, fates.size(), leads.size(), failed, percentile(leads, 50));
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  /** The first day that is not in a span that ends before {@code to}. */
  private static LocalDate dayAfter(Instant to) {
    return day(to.minusNanos(1)).plusDays(1);
  }
}
