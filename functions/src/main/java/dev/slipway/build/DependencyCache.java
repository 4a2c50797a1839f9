package dev.slipway.build;

/** The port to the cache of compiled dependencies: one image for each set of them. */
public interface DependencyCache {

  /**
   * Whether a build will find its dependencies compiled. A forecast, for choosing a machine: when in
   * doubt, or when nobody can be asked, no.
   *
   * @param image {@code HOST/PATH:TAG}
   */
  boolean holds(String image);
}
