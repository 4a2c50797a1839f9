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

  private static final String CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index";
  private static final String CRATES_IO_SPARSE = "sparse+https://index.crates.io/";
  private static final int MAX_SHOWN = 200;

  /** Whether it is part of the upload: the crate itself, its workspace, its path dependencies. */
  public boolean isLocal() {
    return source.isEmpty();
  }

  /** Whether it comes from crates.io. */
  public boolean isPublic() {
    return source.filter(s -> s.equals(CRATES_IO) || s.equals(CRATES_IO_SPARSE)).isPresent();
  }

  /** A source fit to be read by others: no login of its URL, no control characters, not long. */
  public static String shown(String source) {
    String clean =
        source.replaceFirst("://[^/@]{1,1000}@", "://").replaceAll("\\p{Cntrl}", "?");
    return clean.length() > MAX_SHOWN ? clean.substring(0, MAX_SHOWN) + "..." : clean;
  }
}
