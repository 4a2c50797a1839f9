package dev.slipway.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Whether this machine has what a laptop cloud needs. */
record Machine(Programs programs) {

  private static final int JDK = 21;
  private static final long GIB = 1L << 30;

  /** The state folder, and what is known of it. */
  record Folder(String path, boolean writable, long freeBytes) {}

  List<Check> all(Runtime.Version java, Folder state) {
    List<Check> checks = new ArrayList<>();
    checks.add(jdk(java));
    checks.add(
        program(
            List.of("cargo", "--version"),
            line -> Check.ok("cargo", line),
            Check.fail("cargo", "no release can be built here", "curl https://sh.rustup.rs -sSf | sh")));
    checks.add(
        program(
            List.of("cargo", "chef", "--version"),
            line -> Check.ok("cargo-chef", line),
            Check.skipped(
                "cargo-chef",
                "not there: only a container engine's builds and docs/measure use it",
                "cargo install cargo-chef --locked")));
    checks.add(
        program(
            List.of("unshare", "-rn", "--", "true"),
            line -> Check.ok("unshare -n", "build scripts have no network, releases a namespace"),
            program(
                List.of("unshare", "-n", "--", "true"),
                line -> Check.ok("unshare -n", "build scripts have no network"),
                Check.warn(
                    "unshare -n",
                    "a crate's build scripts reach the network",
                    "sudo sysctl kernel.unprivileged_userns_clone=1"))));
    checks.add(browser());
    checks.add(folder(state));
    checks.add(disk(state));
    return checks;
  }

  private static Check jdk(Runtime.Version java) {
    return Refusals.judge(
        "JDK",
        java.feature() >= JDK,
        java.toString(),
        "%s is older than %d".formatted(java, JDK),
        "install a JDK %d or newer, or set JAVA_HOME to one".formatted(JDK));
  }

  private Check program(
      List<String> command, Function<String, Check> there, Check otherwise) {
    return programs.run(command).map(there).orElse(otherwise);
  }

  /** Only the tests that follow a release in the page want one. */
  private Check browser() {
    for (String name : List.of("chromium", "chromium-browser", "google-chrome")) {
      Optional<String> version = programs.run(List.of(name, "--version"));
      if (version.isPresent()) {
        return Check.ok("chromium", version.get());
      }
    }
    return Check.skipped("chromium", "not there: only the page's own tests want it", "apt-get install chromium");
  }

  private static Check folder(Folder state) {
    return Refusals.judge(
        "state folder",
        state.writable(),
        state.path(),
        state.path() + " cannot be written to",
        "slipway up --state FOLDER, in a folder of yours");
  }

  private static Check disk(Folder state) {
    String free = "%.1f GiB free".formatted((double) state.freeBytes() / GIB);
    if (state.freeBytes() < GIB) {
      return Check.fail("disk", free + ": a build needs more", "remove target folders, or use --state");
    }
    return state.freeBytes() < 5 * GIB
        ? Check.warn("disk", free + ": enough for a few crates", "remove target folders, or use --state")
        : Check.ok("disk", free);
  }
}
