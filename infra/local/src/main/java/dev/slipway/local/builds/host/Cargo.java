package dev.slipway.local.builds.host;

import dev.slipway.local.builds.work.Command;
import dev.slipway.local.builds.work.Folders;
import dev.slipway.local.builds.work.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Cargo, at work on one archive. Dependencies are fetched with the network on; everything that runs
 * the archive's code runs with it off.
 */
final class Cargo {

  private final Path program;
  private final Sandbox sandbox;
  private final Path source;
  private final Map<String, String> environment;
  private final long cpuSeconds;
  private final Command.Ears ears;

  /**
   * @param environment what cargo and all it starts gets
   * @param cpuSeconds the processor time each process may use
   */
  Cargo(
      Path program,
      Sandbox sandbox,
      Path source,
      Map<String, String> environment,
      long cpuSeconds,
      Command.Ears ears) {
    this.program = program;
    this.sandbox = sandbox;
    this.source = source;
    this.environment = environment;
    this.cpuSeconds = cpuSeconds;
    this.ears = ears;
  }

  /** Fetches the dependencies Cargo.lock names, and nothing else. */
  void fetch(Map<String, String> withNetwork) throws IOException {
    List<String> words = words("fetch", "--locked");
    run(new Command(sandbox.limited(words, cpuSeconds), source, withNetwork), ears);
  }

  Crate describe(Order order) throws IOException {
    StringBuilder json = new StringBuilder();
    List<String> words =
        words(
            "metadata",
            "--format-version=1",
            "--locked",
            "--offline",
            "--filter-platform",
            order.target());
    run(command(words), ears.out(json::append));
    return Crate.parse(json.toString(), order.packageName());
  }

  /**
   * Builds the binary. Nothing of the archive's own is taken over from an earlier build, whatever
   * the dates of its files: it is cleaned away first, and should cargo report a part of it as
   * fresh all the same, everything is built anew.
   */
  CargoEvents build(Order order, Crate crate, Path target, Clock clock) throws IOException {
    List<String> clean = words("clean", "-q", "--locked", "--offline");
    clean.addAll(List.of("--target", order.target(), "--profile", order.profile()));
    crate.own().forEach(each -> clean.addAll(List.of("-p", each)));
    run(command(clean), ears);
    CargoEvents events = compile(order, clock);
    if (events.stale()) {
      ears.log().line("WARNING: cargo kept a part of an earlier build; building all of it anew");
      Folders.delete(target);
      events = compile(order, clock);
    }
    return events;
  }

  private CargoEvents compile(Order order, Clock clock) throws IOException {
    CargoEvents events = new CargoEvents(order.bin(), clock);
    List<String> words =
        words("build", "--locked", "--offline", "--message-format=json-render-diagnostics");
    words.addAll(order.selection());
    words.addAll(List.of("--bin", order.bin()));
    run(command(words), ears.out(events));
    return events;
  }

  /** Builds and runs the package's tests. */
  void test(Order order) throws IOException {
    List<String> words = words("test", "--locked", "--offline");
    words.addAll(order.selection());
    run(command(words), ears.out(line -> ears.log().line(line)));
  }

  private List<String> words(String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(program.toString());
    words.addAll(List.of(arguments));
    return words;
  }

  private Command command(List<String> words) {
    return new Command(sandbox.isolated(words, cpuSeconds), source, environment);
  }

  /** Runs a command to success; a {@link Refusal} carries the first error it printed. */
  private static void run(Command command, Command.Ears ears) throws IOException {
    List<String> words = command.words();
    List<String> shown = words.subList(verb(words), words.size());
    ears.log().line("$ cargo " + String.join(" ", shown));
    FirstError error = new FirstError();
    int exit = command.run(ears.err(error));
    if (exit != 0) {
      throw new Refusal(
          "'cargo %s' failed with exit code %d%s".formatted(shown.getFirst(), exit, error));
    }
  }

  private static int verb(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      if (Path.of(words.get(i)).endsWith("cargo")) {
        return i + 1;
      }
    }
    return 0;
  }
}
