package dev.slipway.release;

import java.util.List;
import java.util.Optional;

/**
 * What a crate asks for in {@code [package.metadata.slipway]}; the team's policy has the last word.
 *
 * @param service name of the Cloud Run service; the package's name where absent
 * @param binary which binary to serve, where there are several
 * @param health path the smoke test asks for; the policy's where absent
 * @param base runtime base image; planned from Cargo.lock where absent
 * @param profile how the binary is optimised
 * @param features cargo features to switch on
 * @param defaultFeatures whether the crate's default features are on
 * @param test whether the crate's own tests run before its image is made
 * @param job arguments the binary is run with once for a release, before its candidate is
 *     deployed; empty for no such job
 */
public record CrateSettings(
    Optional<String> service,
    Optional<String> binary,
    Optional<String> health,
    Optional<RuntimeBase> base,
    Profile profile,
    List<String> features,
    boolean defaultFeatures,
    boolean test,
    List<String> job) {

  /** A crate that asks for nothing. */
  public static final CrateSettings DEFAULT =
      new CrateSettings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Profile.RELEASE,
          List.of(),
          true,
          false,
          List.of());

  @SuppressWarnings("NullAway") // settings written before there were jobs have none
  public CrateSettings {
    features = List.copyOf(features);
    job = job == null ? List.of() : List.copyOf(job);
  }

  /** How the binary is optimised, always on top of cargo's release profile, always stripped. */
  public enum Profile {
    /** As the crate's own manifest says. */
    RELEASE,
    /** For bytes: LTO, one codegen unit, abort on panic, opt-level z. */
    SIZE
  }
}
