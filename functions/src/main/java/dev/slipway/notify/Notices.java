package dev.slipway.notify;

import dev.slipway.release.ReleaseId;
import java.util.Optional;

/** The port to where it is kept which message belongs to which release. */
public interface Notices {

  Optional<Notice> find(ReleaseId release);

  /**
   * Writes the first notice of a release, before anything is posted.
   *
   * @return false when another worker has
   */
  boolean claim(Notice notice);

  /** Replaces the notice of a release. */
  void save(Notice notice);
}
