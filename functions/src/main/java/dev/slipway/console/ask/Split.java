package dev.slipway.console.ask;

import java.util.List;
import java.util.Optional;

/**
 * Who serves a service.
 *
 * @param uri where users reach it; empty where the platform does not know the service
 * @param shares the revisions that have any traffic, the largest share first
 */
public record Split(Optional<String> uri, List<Share> shares) {

  /** Of a service that is not there, or of a platform that does not answer. */
  public static final Split NONE = new Split(Optional.empty(), List.of());

  public Split {
    shares = List.copyOf(shares);
  }

  /**
   * What one revision gets.
   *
   * @param percent 1 to 100
   */
  public record Share(String revision, int percent) {}
}
