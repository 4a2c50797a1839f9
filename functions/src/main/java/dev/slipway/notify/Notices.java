package dev.slipway.notify;

import dev.slipway.release.ReleaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The port to where it is kept which message belongs to which release. */
public interface Notices {

  /**
   * A notice as it is kept.
   *
   * @param stamp what lets a change be refused that rests on an old reading; the port's own business
   * @param age how long before the reading it was written, both by the clock of what keeps it: a
   *     worker's own may be wrong
   */
  record Kept(Notice notice, Object stamp, Duration age) {

    /** Written just now. */
    public Kept(Notice notice, Object stamp) {
      this(notice, stamp, Duration.ZERO);
    }

    /** How long the worker that is at it has still got; empty when nobody is, or any more. */
    Optional<Duration> left() {
      return notice.work().map(work -> work.lasts().minus(age)).filter(Duration::isPositive);
    }
  }

  Optional<Kept> find(ReleaseId release);

  /**
   * Writes the first notice of a release, before anything is posted.
   *
   * @return empty when another worker has
   */
  Optional<Kept> claim(Notice notice);

  /**
   * Replaces a notice.
   *
   * @return empty when another worker has since {@code before} was read
   */
  Optional<Kept> replace(Kept before, Notice after);

  /** Releases of which something waits for quiet hours that ended after {@code from}, by {@code to}. */
  List<ReleaseId> held(Instant from, Instant to);
}
