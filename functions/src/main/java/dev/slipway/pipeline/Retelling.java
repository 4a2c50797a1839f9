package dev.slipway.pipeline;

import dev.slipway.ledger.Catalog;
import dev.slipway.ledger.Outbox;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Publishes again what the listener has not shown: the proof that an event arrived is with who
 * heard it, so nothing has to be written down for having sent it.
 */
public final class Retelling {

  /** Past it, an announcement is of no use to anyone. */
  private static final Duration STALE = Duration.ofHours(2);

  private final Catalog catalog;
  private final ToLongFunction<ReleaseId> shown;
  private final Outbox outbox;
  private final Clock clock;
  private final Held held;

  /** Releases of which something was held back, until a time after {@code from}, by {@code to}. */
  public interface Held {
    List<Release> between(Instant from, Instant to);
  }

  /**
   * Retells through {@code outbox}.
   *
   * @param shown the sequence number of the latest event of a release that people were shown
   */
  public Retelling(
      Catalog catalog, ToLongFunction<ReleaseId> shown, Outbox outbox, Clock clock) {
    this(catalog, shown, outbox, clock, (from, to) -> List.of());
  }

  /** The same, and tells what was held back once that is over. */
  public Retelling(
      Catalog catalog,
      ToLongFunction<ReleaseId> shown,
      Outbox outbox,
      Clock clock,
      Held held) {
    this.catalog = catalog;
    this.shown = shown;
    this.outbox = outbox;
    this.clock = clock;
    this.held = held;
  }

  /**
   * In the minutes 2, 4, 8 and so on after the event: by the second it has been delivered or will
   * not be, and a listener that is out of order is not flooded.
   */
  private static boolean isDue(Duration age) {
    return age.toMinutes() >= 2 && Long.bitCount(age.toMinutes()) == 1;
  }

  /** Goes round once. */
  public void retell() {
    Instant now = clock.instant();
    for (Release release : catalog.movedSince(now.minus(STALE))) {
      if (isDue(Duration.between(release.since(), now))
          && shown.applyAsLong(release.id()) < release.sequence()) {
        outbox.publish(release);
      }
    }
    held.between(now.minus(STALE), now).forEach(outbox::publish);
  }
}
