package dev.slipway.notify;

import dev.slipway.release.ReleaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Notices in memory; a stamp is the number of the writing. */
final class FakeNotices implements Notices {

  private final Map<ReleaseId, Kept> stored = new HashMap<>();
  private final Map<ReleaseId, Instant> written = new HashMap<>();
  private final Supplier<Instant> time;
  private long writes;

  /** Kept by a clock of its own. */
  FakeNotices(Supplier<Instant> time) {
    this.time = time;
  }

  void put(Notice notice) {
    stored.put(notice.release(), new Kept(notice, ++writes));
    written.put(notice.release(), time.get());
  }

  Notice get(ReleaseId release) {
    return find(release).orElseThrow().notice();
  }

  @Override
  public Optional<Kept> find(ReleaseId release) {
    return Optional.ofNullable(stored.get(release))
        .map(
            kept ->
                new Kept(
                    kept.notice(),
                    kept.stamp(),
                    Duration.between(written.getOrDefault(release, Instant.MIN), time.get())));
  }

  @Override
  public Optional<Kept> claim(Notice notice) {
    if (stored.containsKey(notice.release())) {
      return Optional.empty();
    }
    put(notice);
    return find(notice.release());
  }

  @Override
  public Optional<Kept> replace(Kept before, Notice after) {
    if (!find(after.release()).map(Kept::stamp).equals(Optional.of(before.stamp()))) {
      return Optional.empty();
    }
    put(after);
    return find(after.release());
  }

  @Override
  public List<ReleaseId> held(Instant from, Instant to) {
    return stored.values().stream()
        .map(Kept::notice)
        .filter(n -> n.heldUntil().filter(t -> t.isAfter(from) && !t.isAfter(to)).isPresent())
        .map(Notice::release)
        .toList();
  }
}
