package dev.slipway.source;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What {@code .cargo/config.toml} may say. It is read by cargo before anything of the crate is, and
 * can put any program in the place of the compiler, so what is not known to be harmless is refused.
 *
 * <p>A table for a target that is not Linux is never read by the build and stays as it is.
 */
final class CargoConfig {

  private static final String RULE = "cargo-config";
  private static final Set<String> HARMLESS =
      Set.of(
          "alias",
          "cache",
          "cargo-new",
          "doc",
          "future-incompat-report",
          "install",
          "net",
          "profile",
          "resolver",
          "term");
  private static final Map<String, Set<String>> HARMLESS_KEYS =
      Map.of(
          "build", Set.of("jobs", "incremental", "target", "dep-info-basedir", "warnings"),
          "http",
              Set.of("timeout", "multiplexing", "low-speed-limit", "debug", "user-agent"),
          "registry", Set.of("default"));

  private final Manifests manifests;
  private final Findings findings;

  CargoConfig(Manifests manifests, Findings findings) {
    this.manifests = manifests;
    this.findings = findings;
  }

  /** Checks the configuration at the root, under either of its names. */
  void check() {
    for (String path : List.of(".cargo/config.toml", ".cargo/config")) {
      manifests.table(path).ifPresent(config -> check(path, config));
    }
    for (String path : List.of(".cargo/credentials.toml", ".cargo/credentials")) {
      if (manifests.tree().hasFile(path)) {
        findings.at(
            "secret", path, "it holds registry tokens: revoke them and leave the file out");
      }
    }
  }

  /** Whether dependencies come out of the upload itself. */
  boolean isVendored() {
    return Stream.of(".cargo/config.toml", ".cargo/config")
        .filter(manifests.tree()::hasFile)
        .flatMap(path -> manifests.table(path).stream())
        .flatMap(config -> config.table("source").tables().values().stream())
        .anyMatch(source -> source.has("directory"));
  }

  private void check(String path, Table config) {
    for (String key : config.values().keySet()) {
      switch (key) {
        case "target" -> checkTargets(path, config.table(key));
        case "source" -> checkSources(path, config.table(key));
        case "registries" -> checkRegistries(path, config.table(key));
        case "patch" -> checkPatches(path, config.table(key));
        case "paths" -> checkPaths(path, config);
        default -> checkOther(path, key, config);
      }
    }
  }

  private void checkOther(String path, String key, Table config) {
    Set<String> known = HARMLESS_KEYS.get(key);
    if (HARMLESS.contains(key)) {
      return;
    }
    if (known == null) {
      refuse(path, key, "Slipway sets the build's environment and tools itself");
      return;
    }
    for (String inner : config.table(key).values().keySet()) {
      if (!known.contains(inner)) {
        refuse(path, key + "." + inner, why(inner));
      }
    }
  }

  private void checkTargets(String path, Table targets) {
    targets
        .tables()
        .forEach(
            (target, table) -> {
              boolean built = target.startsWith("cfg(") || target.contains("linux");
              if (built) {
                table
                    .values()
                    .keySet()
                    .forEach(key -> refuse(path, "target." + target + "." + key, why(key)));
              }
            });
  }

  private void checkSources(String path, Table sources) {
    sources
        .tables()
        .forEach(
            (name, source) ->
                Stream.of("directory", "local-registry")
                    .forEach(
                        key ->
                            source
                                .text(key)
                                .ifPresent(
                                    at ->
                                        checkFolder(
                                            path, "source." + name + "." + key, at))));
  }

  private void checkFolder(String path, String key, String folder) {
    boolean inside =
        Paths.resolve("", folder).flatMap(manifests.tree()::folder).isPresent();
    if (!inside) {
      findings.at(
          "source-outside",
          path,
          "`%s` is '%s', which is not in the upload: include it"
              .formatted(Shown.text(key), Shown.text(folder)));
    }
  }

  private void checkRegistries(String path, Table registries) {
    registries
        .tables()
        .forEach(
            (name, registry) -> {
              for (String key : registry.values().keySet()) {
                if (key.equals("token") || key.equals("secret-key")) {
                  findings.at(
                      "secret",
                      path,
                      "`registries.%s.%s` is a secret: revoke it and leave it out"
                          .formatted(Shown.text(name), key));
                } else if (!key.equals("index") && !key.equals("protocol")) {
                  refuse(path, "registries." + name + "." + key, "it can run any program");
                }
              }
            });
  }

  private void checkPatches(String path, Table patches) {
    patches
        .tables()
        .forEach(
            (registry, table) ->
                table
                    .tables()
                    .forEach(
                        (name, patch) ->
                            patch
                                .text("path")
                                .ifPresent(
                                    at -> checkFolder(path, "patch." + name + ".path", at))));
  }

  private void checkPaths(String path, Table config) {
    config.texts("paths").forEach(at -> checkFolder(path, "paths", at));
  }

  private void refuse(String path, String key, String why) {
    findings.at(
        RULE,
        path,
        "`%s` is not allowed: %s. Leave it out".formatted(Shown.text(key), why));
  }

  private static String why(String key) {
    return switch (key) {
      case "rustflags", "rustdocflags" ->
          "Slipway sets RUSTFLAGS itself, so cargo would ignore this without a word; use"
              + " [profile.release], or features";
      case "linker", "runner", "rustc", "rustc-wrapper", "rustc-workspace-wrapper", "rustdoc" ->
          "it puts another program in the compiler's place";
      case "target-dir", "build-dir" -> "the build would not find what cargo made";
      case "proxy", "cainfo", "proxy-cainfo", "check-revoke" ->
          "the build's network is not the upload's to change";
      default -> "it changes how the build runs";
    };
  }
}
