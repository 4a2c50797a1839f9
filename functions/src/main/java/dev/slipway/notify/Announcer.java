package dev.slipway.notify;

import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import java.util.Optional;

/** The port to where people read: Slack. */
public interface Announcer {

  /**
   * Posts a new message about a release.
   *
   * @return what {@link #edit} needs to find it again
   */
  String post(Release release);

  /** Brings a message up to date. */
  void edit(String message, Release release);

  /** The message already posted about a release, when the answer to its posting was lost. */
  Optional<String> find(ReleaseId release);
}
