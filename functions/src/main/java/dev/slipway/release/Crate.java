package dev.slipway.release;

import java.util.List;
import java.util.Optional;

/**
 * What the manifests of a release say about it.
 *
 * @param service the Cloud Run service its binary becomes
 * @param name package name, as in Cargo.toml
 * @param version package version
 * @param edition Rust edition, such as {@code 2021}
 * @param rustVersion the oldest toolchain the crate says it builds with
 * @param toolchain the channel {@code rust-toolchain.toml} asks for
 * @param binary name of the binary that becomes the service
 * @param commit the git commit recorded by {@code cargo package}
 * @param packages how many packages Cargo.lock names, the crate's own included
 * @param dependencies hex digest of what Cargo.lock says of packages that have a source, so that it
 *     stays when only the crate's own version moves; {@code ""} when not known
 * @param nativeLibraries packages of Cargo.lock that link native code, such as {@code openssl-sys}
 * @param settings the crate's wishes, from {@code [package.metadata.slipway]}
 */
public record Crate(
    ServiceName service,
    String name,
    String version,
    String edition,
    Optional<String> rustVersion,
    Optional<String> toolchain,
    String binary,
    Optional<Commit> commit,
    int packages,
    String dependencies,
    List<String> nativeLibraries,
    CrateSettings settings) {

  public Crate {
    nativeLibraries = List.copyOf(nativeLibraries);
  }

  /**
   * A git commit, from {@code .cargo_vcs_info.json}.
   *
   * @param sha1 40 hex digits
   * @param dirty whether files differed from the commit
   * @param path the package's folder in the repository, {@code ""} for its root
   */
  public record Commit(String sha1, boolean dirty, String path) {}
}
