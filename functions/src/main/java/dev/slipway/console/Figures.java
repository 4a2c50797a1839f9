package dev.slipway.console;

import dev.slipway.console.ask.Ask;
import dev.slipway.console.ask.Selection;
import dev.slipway.release.Delivery;
import dev.slipway.release.Release;
import dev.slipway.release.ServiceName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The delivery figures of the last days. */
final class Figures {

  static final int DAYS = 30;

  /** So many releases are looked at: each is a document to be read. */
  private static final int MOST = 500;

  private final Ask ask;
  private final Clock clock;

  Figures(Ask ask, Clock clock) {
    this.ask = ask;
    this.clock = clock;
  }

  Delivery of(Optional<ServiceName> service, int days) {
    return of(ask.releases(new Selection(service, Optional.empty(), MOST)), days);
  }

  Delivery of(List<Release> releases) {
    return of(releases, DAYS);
  }

  /** Whole days, and today so far: what is shown then stays the same until something moves. */
  private Delivery of(List<Release> releases, int days) {
    Instant to = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
    return Delivery.of(releases, to.minus(Duration.ofDays(days)), to);
  }
}
