package dev.slipway.release;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A time in which no rollout begins: on some days, at some hours, between some dates, or what these
 * have in common.
 *
 * @param name what people call it
 * @param days the days of the week it begins on; every day where empty
 * @param from when it begins on such a day; midnight where absent
 * @param to when it ends: on the next day, where that is not after {@code from}; midnight where
 *     absent
 * @param firstDay the first date it can begin on
 * @param lastDay the last date it can begin on
 * @param zone whose clock and calendar count
 */
public record FreezeWindow(
    @Setting("what people call it") String name,
    @Setting("the days of the week it begins on; none: every day") List<DayOfWeek> days,
    @Setting("when it begins on such a day, as `18:00`; absent: at midnight")
        Optional<LocalTime> from,
    @Setting("when it ends, on the next day where that is not later than `from`; absent: at midnight")
        Optional<LocalTime> to,
    @Setting("the first date it can begin on, as `2026-12-20`") Optional<LocalDate> firstDay,
    @Setting("the last date it can begin on") Optional<LocalDate> lastDay,
    @Setting("whose clock and calendar count, as `Europe/Berlin`") ZoneId zone) {

  /** Never; the fields a document leaves out. */
  public static final FreezeWindow DEFAULT =
      new FreezeWindow(
          "freeze",
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          ZoneOffset.UTC);

  public FreezeWindow {
    days = List.copyOf(days);
    if (firstDay.isPresent() && lastDay.isPresent() && lastDay.get().isBefore(firstDay.get())) {
      throw new IllegalArgumentException(
          "the freeze window '%s' ends on %s, before it begins on %s"
              .formatted(name, lastDay.get(), firstDay.get()));
    }
  }

  /** Whether anything says when it is. */
  boolean isBounded() {
    return !days.isEmpty()
        || from.isPresent()
        || to.isPresent()
        || firstDay.isPresent()
        || lastDay.isPresent();
  }

  /** When it ends, if it is on at {@code time}: of the spans that hold then, the latest end. */
  Optional<Instant> endingAfter(Instant time) {
    LocalDate today = time.atZone(zone).toLocalDate();
    return Stream.of(today.minusDays(1), today)
        .filter(this::canBeginOn)
        .filter(day -> !start(day).isAfter(time) && end(day).isAfter(time))
        .map(this::end)
        .max(Instant::compareTo);
  }

  private boolean canBeginOn(LocalDate day) {
    return (days.isEmpty() || days.contains(day.getDayOfWeek()))
        && firstDay.map(first -> !day.isBefore(first)).orElse(true)
        && lastDay.map(last -> !day.isAfter(last)).orElse(true);
  }

  private Instant start(LocalDate day) {
    return ZonedDateTime.of(day, from.orElse(LocalTime.MIDNIGHT), zone).toInstant();
  }

  private Instant end(LocalDate day) {
    LocalTime ends = to.orElse(LocalTime.MIDNIGHT);
    boolean overnight = !ends.isAfter(from.orElse(LocalTime.MIDNIGHT));
    return ZonedDateTime.of(overnight ? day.plusDays(1) : day, ends, zone).toInstant();
  }

  /**
   * The freeze that is on at a time.
   *
   * @param name of the window that is on
   * @param until when a rollout can begin: windows that follow on without a gap are counted in
   */
  record Frozen(String name, Instant until) {}

  /** So many windows in a row are followed: a freeze of more than two years is said shorter. */
  private static final int MAX_ROW = 800;

  /** What freezes at {@code now}, if anything does. */
  static Optional<Frozen> on(List<FreezeWindow> windows, Instant now) {
    Optional<FreezeWindow> on =
        windows.stream().filter(w -> w.endingAfter(now).isPresent()).findFirst();
    return on.map(window -> new Frozen(window.name(), end(windows, now)));
  }

  private static Instant end(List<FreezeWindow> windows, Instant now) {
    Instant end = now;
    for (int i = 0; i < MAX_ROW; i++) {
      Instant at = end;
      Optional<Instant> later =
          windows.stream().flatMap(w -> w.endingAfter(at).stream()).max(Instant::compareTo);
      if (later.isEmpty()) {
        return end;
      }
      end = later.get();
    }
    return end;
  }
}
