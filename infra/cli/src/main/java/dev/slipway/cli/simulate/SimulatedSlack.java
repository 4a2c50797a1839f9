package dev.slipway.cli.simulate;

import dev.slipway.notify.Announcer;
import dev.slipway.notify.Card;
import dev.slipway.notify.Notice;
import dev.slipway.notify.Notices;
import dev.slipway.release.ReleaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Slack, and the notices of what was told there, in memory. */
final class SimulatedSlack implements Announcer, Notices {

  /** What stands in a channel. */
  record Posted(Address address, String id) {}

  private final Boundary boundary;
  private final VirtualClock clock;
  private final Map<ReleaseId, Kept> notices = new LinkedHashMap<>();
  private final Map<ReleaseId, Instant> written = new HashMap<>();
  final List<Posted> posted = new ArrayList<>();
  private long stamps;

  /**
   * Slack, where nothing was posted yet.
   *
   * @param clock what keeps the notices has the right time of
   */
  SimulatedSlack(Boundary boundary, VirtualClock clock) {
    this.boundary = boundary;
    this.clock = clock;
  }

  @Override
  public String post(Address to, Card card) {
    return boundary.effect(
        "post",
        () -> {
          String id = "message-" + posted.size();
          posted.add(new Posted(to, id));
          return id;
        });
  }

  @Override
  public void edit(Address to, String message, Card card) {
    boundary.effect("edit", () -> message);
  }

  @Override
  public Optional<String> find(Address at) {
    boundary.look("find post");
    return posted.stream()
        .filter(each -> isSame(each.address(), at))
        .map(Posted::id)
        .findFirst();
  }

  private static boolean isSame(Address one, Address other) {
    return one.release().equals(other.release()) && one.key().equals(other.key());
  }

  /** How often the same was posted. */
  long copies(Posted posting) {
    return posted.stream()
        .filter(each -> each.address().equals(posting.address()))
        .count();
  }

  @Override
  public Optional<Kept> find(ReleaseId release) {
    boundary.look("read notice");
    return Optional.ofNullable(notices.get(release))
        .map(kept -> new Kept(kept.notice(), kept.stamp(), age(release)));
  }

  private Duration age(ReleaseId release) {
    return Duration.between(Objects.requireNonNull(written.get(release)), clock.now());
  }

  /** Sequence number of the latest event people were told of. */
  long told(ReleaseId release) {
    return Optional.ofNullable(notices.get(release)).map(kept -> kept.notice().told()).orElse(0L);
  }

  @Override
  public Optional<Kept> claim(Notice notice) {
    return boundary.effect(
        "claim notice",
        () -> notices.containsKey(notice.release()) ? Optional.empty() : keep(notice));
  }

  @Override
  public Optional<Kept> replace(Kept before, Notice after) {
    return boundary.effect(
        "write notice",
        () -> {
          Kept now = notices.get(after.release());
          boolean current = now != null && now.stamp().equals(before.stamp());
          return current ? keep(after) : Optional.empty();
        });
  }

  private Optional<Kept> keep(Notice notice) {
    Kept kept = new Kept(notice, ++stamps);
    notices.put(notice.release(), kept);
    written.put(notice.release(), clock.now());
    return Optional.of(kept);
  }

  @Override
  public List<ReleaseId> held(Instant from, Instant to) {
    return notices.values().stream()
        .filter(
            kept ->
                kept.notice()
                    .heldUntil()
                    .filter(until -> until.isAfter(from) && !until.isAfter(to))
                    .isPresent())
        .map(kept -> kept.notice().release())
        .toList();
  }
}
