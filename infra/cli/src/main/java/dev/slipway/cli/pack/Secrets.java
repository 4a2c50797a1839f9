package dev.slipway.cli.pack;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** File names that are usually secrets. */
final class Secrets {

  private static final Set<String> NAMES =
      Set.of(
          ".netrc",
          ".npmrc",
          ".pgpass",
          "id_rsa",
          "id_dsa",
          "id_ecdsa",
          "id_ed25519",
          "application_default_credentials.json");
  private static final List<String> ENDINGS = List.of(".pem", ".key", ".p12", ".pfx", ".jks");
  private static final Set<String> EXAMPLES = Set.of("example", "sample", "template", "dist");

  private Secrets() {}

  /** Whether a file of that path is likely one. What lies in tests or vendored crates is not. */
  static boolean isOne(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return NAMES.contains(name)
        || isEnvironment(name)
        || path.endsWith(".cargo/credentials")
        || path.endsWith(".cargo/credentials.toml")
        || ENDINGS.stream().anyMatch(name::endsWith);
  }

  private static boolean isEnvironment(String name) {
    boolean example = EXAMPLES.contains(name.substring(name.lastIndexOf('.') + 1));
    return name.equals(".env") || (name.startsWith(".env.") && !example);
  }
}
