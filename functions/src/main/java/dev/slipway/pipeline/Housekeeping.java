package dev.slipway.pipeline;

import dev.slipway.ledger.Catalog;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Throws away what services piled up, once a release of theirs ended: what one part cannot do, such
 * as for want of a right, keeps neither the others from theirs nor any release.
 */
public final class Housekeeping {

  private static final Logger LOG = System.getLogger(Housekeeping.class.getName());

  /** Past it, the next release of the service will do. */
  private static final Duration STALE = Duration.ofHours(2);

  private final Catalog catalog;
  private final Clock clock;
  private final List<Part> parts;

  /** The latest round that was made of each service. */
  private final Map<ServiceName, Round> made = new ConcurrentHashMap<>();

  /**
   * One kind of what piles up.
   *
   * @param subject such as {@code old images}
   * @param work is given the release that ended
   */
  public record Part(String subject, Consumer<ReleaseId> work) {}

  /** What a minute after a release asks for; more ticks may fall into that minute. */
  private record Round(ReleaseId ended, long minute) {}

  /** Does these, in order. */
  public Housekeeping(Catalog catalog, Clock clock, List<Part> parts) {
    this.catalog = catalog;
    this.clock = clock;
    this.parts = List.copyOf(parts);
  }

  /** Goes round the services whose time it is. */
  public void clean() {
    Instant now = clock.instant();
    Map<ServiceName, Round> due = new LinkedHashMap<>();
    for (Release release : catalog.movedSince(now.minus(STALE))) {
      long minute = Duration.between(release.since(), now).toMinutes();
      if (!release.isActive() && isDue(minute)) {
        due.put(release.id().service(), new Round(release.id(), minute));
      }
    }
    due.forEach(this::make);
  }

  /** In the minutes 1, 2, 4, 8 and so on: not each tick asks for everything there is. */
  private static boolean isDue(long minute) {
    return Long.bitCount(minute) == 1;
  }

  private void make(ServiceName service, Round round) {
    if (round.equals(made.get(service))) {
      return;
    }
    parts.forEach(part -> attempt(part, round.ended()));
    made.put(service, round);
  }

  private static void attempt(Part part, ReleaseId ended) {
    try {
      part.work().accept(ended);
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "%s of %s stay until a later tick".formatted(part.subject(), ended.service()),
          e);
    }
  }
}
