package dev.slipway.release;

import java.util.Optional;

/**
 * One package of a Cargo.lock.
 *
 * @param source where it comes from, such as {@code
 *     registry+https://github.com/rust-lang/crates.io-index}; nothing for a package of the crate
 *     itself
 * @param checksum hex sha256 of its archive, for packages of a registry
 */
public record LockedPackage(
    String name, String version, Optional<String> source, Optional<String> checksum) {

  /** Whether it is part of the upload: the crate itself, its workspace, its path dependencies. */
  public boolean isLocal() {
    return source.isEmpty();
  }
}
