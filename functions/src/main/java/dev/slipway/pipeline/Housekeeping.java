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

  /**
   * One kind of what piles up.
   *
   * @param subject such as {@code old images}
   * @param work is given the release that ended
   */
  public record Part(String subject, Consumer<ReleaseId> work) {}

  /** Does these, in order. */
  public Housekeeping(Catalog catalog, Clock clock, List<Part> parts) {
    this.catalog = catalog;
    this.clock = clock;
    this.parts = List.copyOf(parts);
  }

  /** Goes round the services whose time it is. */
  public void clean() {
    Instant now = clock.instant();
    Map<ServiceName, ReleaseId> due = new LinkedHashMap<>();
    for (Release release : catalog.movedSince(now.minus(STALE))) {
      if (!release.isActive() && isDue(Duration.between(release.since(), now))) {
        due.put(release.id().service(), release.id());
      }
    }
    due.values().forEach(ended -> parts.forEach(part -> attempt(part, ended)));
  }

  /** In the minutes 1, 2, 4, 8 and so on: not each tick asks for everything there is. */
  private static boolean isDue(Duration age) {
    return Long.bitCount(age.toMinutes()) == 1;
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
