package dev.slipway.notify;

import dev.slipway.release.ReleaseId;
import java.util.Optional;

/**
 * The port to where people read: Slack.
 *
 * <p>Its methods throw {@link NotSaidException} when what was asked was certainly not done; after
 * any other exception it may or may not have been.
 */
public interface Announcer {

  /**
   * Where something is posted, and as what.
   *
   * @param thread the message it answers to
   * @param key what tells it from everything else posted about the release
   */
  record Address(ReleaseId release, String channel, Optional<String> thread, String key) {}

  /**
   * Posts something.
   *
   * @return what {@link #edit} needs to find it again
   */
  String post(Address to, Card card);

  /** Brings a message up to date; one that somebody deleted stays deleted. */
  void edit(Address to, String message, Card card);

  /** What was posted there already, when the answer to its posting was lost. */
  Optional<String> find(Address at);

  /** Whether what was posted can be edited and found. */
  default boolean isEditable() {
    return true;
  }
}
