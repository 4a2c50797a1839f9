package dev.slipway.local.builds.host;

import dev.slipway.local.builds.BuildLog;
import dev.slipway.local.builds.work.Refusal;
import dev.slipway.local.builds.work.Stopped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * This machine's Rust: its cargo and the environment cargo gets, a short list of names and nothing
 * else of the user's. CARGO_HOME is the user's own, read and written: it is where crates from the
 * registry are kept, and where a company's mirror is configured.
 */
final class Rust {

  /** The variable that tells rustup which toolchain to use. */
  static final String TOOLCHAIN = "RUSTUP_TOOLCHAIN";

  private static final List<String> NETWORK =
      List.of(
          "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy",
          "ALL_PROXY", "all_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR", "CARGO_HTTP_CAINFO",
          "CARGO_HTTP_PROXY", "CARGO_NET_GIT_FETCH_WITH_CLI");

  private final Map<String, String> user;

  /**
   * @param user the user's environment
   */
  Rust(Map<String, String> user) {
    this.user = user;
  }

  /** The cargo to use; a {@link Refusal} says what to install when there is none. */
  Path cargo() {
    Optional<Path> onPath = Sandbox.onPath("cargo", path());
    return onPath.orElseThrow(
        () ->
            new Refusal(
                "This machine has no cargo, which the engine 'host' builds with: install Rust from"
                    + " https://rustup.rs and start the laptop cloud again."));
  }

  private String path() {
    String path = user.getOrDefault("PATH", "");
    Path usual = cargoHome().resolve("bin");
    return Files.isDirectory(usual) && user.containsKey("HOME")
        ? path + java.io.File.pathSeparator + usual
        : path;
  }

  private Path cargoHome() {
    String own = user.get("CARGO_HOME");
    return own != null ? Path.of(own) : Path.of(user.getOrDefault("HOME", "/nonexistent"), ".cargo");
  }

  private String rustupHome() {
    String own = user.get("RUSTUP_HOME");
    return own != null
        ? own
        : Path.of(user.getOrDefault("HOME", "/nonexistent"), ".rustup").toString();
  }

  /** The environment of everything a build runs. */
  Map<String, String> environment(Slots.Slot slot, Order order) {
    Map<String, String> env = new LinkedHashMap<>();
    env.put("PATH", path());
    env.put("HOME", slot.home().toString());
    env.put("TMPDIR", slot.temp().toString());
    env.put("LANG", "C.UTF-8");
    env.put("CARGO_HOME", cargoHome().toString());
    env.put("RUSTUP_HOME", rustupHome());
    env.put("RUSTUP_AUTO_INSTALL", "0");
    env.put("CARGO_TERM_COLOR", "never");
    env.put("CARGO_INCREMENTAL", "0");
    env.put("CARGO_TARGET_DIR", slot.target().toString());
    env.putAll(order.flags());
    return env;
  }

  /** What it takes to reach a registry from here, on top of the environment. */
  Map<String, String> withNetwork(Map<String, String> environment) {
    Map<String, String> env = new LinkedHashMap<>(environment);
    NETWORK.stream().filter(user::containsKey).forEach(key -> env.put(key, user.getOrDefault(key, "")));
    return env;
  }

  /**
   * Chooses the toolchain: the one asked for, else the crate's own (rust-toolchain.toml), else the
   * machine's default, whichever is installed; sets it in {@code environment}.
   *
   * @return the compiler's version, such as {@code 1.95.0}
   */
  String choose(Order order, Path source, Map<String, String> environment, BuildLog log)
      throws IOException {
    if (!order.toolchain().isEmpty()) {
      environment.put(TOOLCHAIN, order.toolchain());
    }
    Optional<String> version = version(source, environment);
    if (version.isEmpty()) {
      environment.remove(TOOLCHAIN);
      String standard = print(Path.of("/"), environment, "rustup", "default").orElse("");
      String name = standard.split("\\s", 2)[0];
      if (!name.isEmpty()) {
        environment.put(TOOLCHAIN, name);
      }
      version = version(source, environment);
      String asked = order.toolchain().isEmpty() ? "the crate asks for" : order.toolchain();
      log.line(
          "WARNING: the toolchain %s is not installed here (rustup toolchain install); using %s"
              .formatted(asked, version.orElse("none")));
    }
    return version.orElseThrow(
        () ->
            new Refusal(
                "This machine's cargo has no working toolchain: run 'rustup default stable'."));
  }

  /** The version of the compiler that answers there; empty when none does. */
  static Optional<String> version(Path folder, Map<String, String> environment)
      throws IOException {
    return print(folder, environment, "rustc", "--version")
        .map(line -> line.split("\\s+", 3))
        .filter(words -> words.length > 1)
        .map(words -> words[1]);
  }

  private static Optional<String> print(
      Path folder, Map<String, String> environment, String... command) throws IOException {
    Optional<Path> program = Sandbox.onPath(command[0], environment.getOrDefault("PATH", ""));
    if (program.isEmpty()) {
      return Optional.empty();
    }
    command[0] = program.get().toString();
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return process.waitFor() == 0 ? Optional.of(out.strip()) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stopped();
    }
  }
}
