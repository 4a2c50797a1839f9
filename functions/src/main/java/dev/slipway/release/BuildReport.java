package dev.slipway.release;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a finished build says of itself, through {@code $BUILDER_OUTPUT}.
 *
 * @param binaryBytes size of the stripped binary
 * @param needed shared libraries the binary links, empty when static
 * @param glibc the highest glibc symbol version it needs
 * @param toolchain {@code rustc --version}
 * @param cacheHit whether every dependency came from the cache
 * @param cargo time cargo took, fetch, dependencies and crate together
 * @param trialRun what the program did when the build ran its image; empty where it did not
 */
public record BuildReport(
    long binaryBytes,
    List<String> needed,
    Optional<String> glibc,
    String toolchain,
    boolean cacheHit,
    Duration cargo,
    Optional<TrialRun> trialRun) {

  public BuildReport {
    needed = List.copyOf(needed);
  }

  /** Of a build that did not run its image. */
  public BuildReport(
      long binaryBytes,
      List<String> needed,
      Optional<String> glibc,
      String toolchain,
      boolean cacheHit,
      Duration cargo) {
    this(binaryBytes, needed, glibc, toolchain, cacheHit, cargo, Optional.empty());
  }
}
