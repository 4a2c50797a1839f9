package dev.slipway.source;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which names and versions a package may have: cargo's rules, in ASCII and of sane length, so that
 * what passes can stand in a command, a label or an address without being escaped.
 */
final class PackageRules {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,63}");
  private static final Pattern BINARY = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,63}");
  private static final Pattern VERSION =
      Pattern.compile(
          "(0|[1-9][0-9]{0,9})(\\.(0|[1-9][0-9]{0,9})){2}(-[0-9A-Za-z.-]{1,64})?"
              + "(\\+[0-9A-Za-z.-]{1,64})?");
  private static final Pattern RUST_VERSION =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,4}){0,2}");
  private static final List<String> EDITIONS = List.of("2015", "2018", "2021", "2024");
  private static final Set<String> CARGO_KEEPS =
      Set.of("deps", "examples", "build", "incremental");

  private PackageRules() {}

  /** Checks what a package says of itself. */
  static void check(Manifest manifest, Manifest root, Findings findings) {
    String name = manifest.name();
    String version = manifest.version(root);
    String edition = manifest.edition(root);
    if (!NAME.matcher(name).matches()) {
      findings.at(
          "package-name",
          manifest.path(),
          "'%s' cannot name a package: use up to 64 letters, digits, '-' and '_', a letter first"
              .formatted(Shown.text(name)));
    }
    if (!VERSION.matcher(version).matches()) {
      findings.at(
          "package-version",
          manifest.path(),
          "'%s' is no version: use three numbers such as 1.2.3".formatted(Shown.text(version)));
    }
    if (!EDITIONS.contains(edition)) {
      findings.at(
          "edition",
          manifest.path(),
          "'%s' is no Rust edition: use one of %s"
              .formatted(Shown.text(edition), String.join(", ", EDITIONS)));
    }
    manifest
        .inherited("rust-version", root)
        .filter(stated -> !RUST_VERSION.matcher(stated).matches())
        .ifPresent(
            stated ->
                findings.at(
                    "rust-version",
                    manifest.path(),
                    "'%s' is no Rust version: use one such as 1.85".formatted(Shown.text(stated))));
    checkBuildScript(manifest, findings);
  }

  static boolean isLegalBinary(String name) {
    return BINARY.matcher(name).matches() && !CARGO_KEEPS.contains(name);
  }

  private static void checkBuildScript(Manifest manifest, Findings findings) {
    manifest
        .packageTable()
        .text("build")
        .filter(path -> Paths.resolve(manifest.folder(), path).isEmpty())
        .ifPresent(
            path ->
                findings.at(
                    "path-outside",
                    manifest.path(),
                    "the build script '%s' lies outside the upload".formatted(Shown.text(path))));
  }
}
