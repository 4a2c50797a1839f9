package dev.slipway.build;

import dev.slipway.release.Crate;
import dev.slipway.release.RuntimeBase;
import java.util.Set;

/**
 * Chooses the runtime base before there is a binary to look at, from what Cargo.lock names.
 *
 * <p>Only a forecast: the binary itself is looked at when it is built, and {@link BaseCheck} has
 * the last word. It errs towards the larger base: one that lacks a library costs a build.
 */
final class BaseChoice {

  /** They compile the C they bring along and link it into the binary, or need the C library only. */
  private static final Set<String> SELF_CONTAINED =
      Set.of(
          "aws-lc-fips-sys",
          "aws-lc-sys",
          "blake3",
          "bzip2-sys",
          "dirs-sys",
          "inotify-sys",
          "linux-raw-sys",
          "libmimalloc-sys",
          "libz-ng-sys",
          "libz-sys",
          "lz4-sys",
          "lzma-sys",
          "onig_sys",
          "psm",
          "ring",
          "secp256k1-sys",
          "tikv-jemalloc-sys",
          "jemalloc-sys",
          "zstd-sys");

  /** They link what the cc base brings along. */
  private static final Set<String> OPENSSL = Set.of("openssl-sys");

  private BaseChoice() {}

  /** The crate's own wish, or else the smallest base that is likely to do. */
  static RuntimeBase of(Crate crate) {
    return crate.settings().base().orElseGet(() -> planned(crate));
  }

  private static RuntimeBase planned(Crate crate) {
    if (SELF_CONTAINED.containsAll(crate.nativeLibraries())) {
      return RuntimeBase.STATIC;
    }
    boolean known =
        crate.nativeLibraries().stream()
            .allMatch(name -> SELF_CONTAINED.contains(name) || OPENSSL.contains(name));
    return known ? RuntimeBase.CC : RuntimeBase.SLIM;
  }
}
