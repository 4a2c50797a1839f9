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

  /**
   * Sees that every dependency Cargo.lock names is on this machine, and says what the archive holds.
   * The network is asked only when one of them is missing.
   */
  Crate fetch(Map<String, String> withNetwork, Order order) throws IOException {
    StringBuilder json = new StringBuilder();
    if (!isAllHere(json)) {
      download(withNetwork);
      json.setLength(0);
      run(metadata(), ears.out(json::append));
    }
    return Crate.parse(json.toString(), order.packageName());
  }

  /** Whether every dependency is on this machine. */
  boolean isAllHere() throws IOException {
    return isAllHere(new StringBuilder());
  }

  /** For all platforms, as `cargo fetch` has it: what works offline misses nothing. */
  private boolean isAllHere(StringBuilder json) throws IOException {
    List<String> words = metadata();
    say(words);
    return command(words).run(ears.quietly().out(json::append)) == 0;
  }

  private void download(Map<String, String> withNetwork) throws IOException {
    List<String> fetch = words("fetch", "--locked");
    run(fetch, new Command(sandbox.limited(fetch, cpuSeconds), source, withNetwork), ears);
  }

  /**
   * Builds the binary. Nothing of the archive's own is taken over from an earlier build, whatever
   * the dates of its files: it is cleaned away first, and should cargo report a part of it as
   * fresh all the same, everything is built anew.
   */
  CargoEvents build(Order order, Crate crate, Path target, Clock clock) throws IOException {
    new Leftovers(target).forget(crate.own());
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
    run(words, ears.out(events));
    return events;
  }

  /** Builds and runs the package's tests. */
  void test(Order order) throws IOException {
    List<String> words = words("test", "--locked", "--offline");
    words.addAll(order.selection());
    run(words, ears.out(line -> ears.log().line(line)));
  }

  private List<String> metadata() {
    return words("metadata", "--format-version=1", "--locked", "--offline");
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

  private void run(List<String> words, Command.Ears listening) throws IOException {
    run(words, command(words), listening);
  }

  /** Runs cargo to success; a {@link Refusal} carries the first error it printed. */
  private void run(List<String> words, Command command, Command.Ears listening)
      throws IOException {
    say(words);
    FirstError error = new FirstError();
    int exit = command.run(listening.err(error));
    if (exit != 0) {
      throw new Refusal("'cargo %s' failed with exit code %d%s".formatted(words.get(1), exit, error));
    }
  }

  private void say(List<String> words) {
    ears.log().line("$ cargo " + String.join(" ", words.subList(1, words.size())));
  }
}
