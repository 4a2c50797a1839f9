package dev.slipway.build;

import java.util.Optional;

/** The port to the cache of compiled dependencies: one image for each set of them. */
public interface DependencyCache {

  /**
   * Whether a build will find its dependencies compiled; empty where nobody can tell.
   *
   * @param image {@code HOST/PATH:TAG}
   */
  Optional<Boolean> look(String image);

  /** The same as a forecast, for choosing a machine: when in doubt, no. */
  default boolean holds(String image) {
    return look(image).orElse(false);
  }
}
