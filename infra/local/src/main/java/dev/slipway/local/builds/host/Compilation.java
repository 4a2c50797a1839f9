package dev.slipway.local.builds.host;

import dev.slipway.local.builds.Job;
import dev.slipway.local.builds.work.Command;
import dev.slipway.local.builds.work.Guard;
import dev.slipway.local.builds.work.Refusal;
import dev.slipway.local.builds.work.Stopwatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** From the unpacked archive to its binary in the target folder. */
final class Compilation {

  private static final long LEAST_CPU_SECONDS = 60;

  private final Machine machine;
  private final Job job;
  private final Order order;
  private final Slots.Slot slot;
  private final Map<String, String> environment;
  private final KnownCrate known;
  private final Cargo cargo;

  /** With {@code program}, cargo. */
  Compilation(Machine machine, Job job, Order order, Slots.Slot slot, Path program) {
    this.machine = machine;
    this.job = job;
    this.order = order;
    this.slot = slot;
    environment = machine.rust().environment(slot, order);
    known = new KnownCrate(slot.crate());
    cargo = cargo(program);
  }

  /** What came of it: what the archive holds, and what cargo built. */
  record Compiled(Crate crate, CargoEvents events) {}

  /** Compiles, and tells {@code facts} how. */
  Compiled run(BuildFacts facts) throws IOException {
    Optional<Crate> recalled = known.recall(order, slot.source());
    Compiled compiled = recalled.isPresent() ? again(recalled.get(), facts) : anew(facts);
    CargoEvents events = compiled.events();
    facts.put("cacheHit", events.cacheHit());
    facts.put("cookSeconds", Stopwatch.seconds(events.cook()));
    facts.put("buildSeconds", Stopwatch.seconds(events.build()));
    return compiled;
  }

  /** Runs the crate's own tests, where that is asked for. */
  void test(BuildFacts facts) throws IOException {
    Stopwatch testing = new Stopwatch(machine.clock());
    if (order.runTests()) {
      cargo.test(order);
    }
    facts.put("testSeconds", order.runTests() ? testing.seconds() : 0);
  }

  private Compiled anew(BuildFacts facts) throws IOException {
    String toolchain = machine.rust().choose(order, slot.source(), environment, job.log());
    say(toolchain);
    facts.put("toolchain", toolchain);
    Stopwatch fetching = new Stopwatch(machine.clock());
    Crate crate = cargo.fetch(machine.rust().withNetwork(environment), order);
    facts.put("fetchSeconds", fetching.seconds());
    CargoEvents events = build(crate);
    if (toolchainAsked().equals(Optional.ofNullable(environment.get(Rust.TOOLCHAIN)))) {
      known.keep(order, slot.source(), crate);
    }
    return new Compiled(crate, events);
  }

  private Optional<String> toolchainAsked() {
    return Optional.of(order.toolchain()).filter(toolchain -> !toolchain.isEmpty());
  }

  /**
   * As the build before: its toolchain and its dependencies are supposed to be there still, and looked
   * for only should the build fail.
   */
  private Compiled again(Crate crate, BuildFacts facts) throws IOException {
    toolchainAsked().ifPresent(toolchain -> environment.put(Rust.TOOLCHAIN, toolchain));
    CompletableFuture<Optional<String>> version = version();
    try {
      CargoEvents events = build(crate);
      if (version.join().isPresent()) {
        facts.put("toolchain", version.join().get());
        facts.put("fetchSeconds", 0);
        return new Compiled(crate, events);
      }
    } catch (Refusal e) {
      if (version.join().isPresent() && cargo.isAllHere()) {
        throw e;
      }
    }
    job.log().line("the toolchain or a dependency is gone since the last build: beginning anew");
    return anew(facts);
  }

  /** Asked for while cargo is at work. */
  private CompletableFuture<Optional<String>> version() {
    Map<String, String> asked = Map.copyOf(environment);
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            Optional<String> version = Rust.version(slot.source(), asked);
            version.ifPresent(this::say);
            return version;
          } catch (IOException unknown) {
            return Optional.empty();
          }
        },
        Thread::startVirtualThread);
  }

  private void say(String toolchain) {
    job.log().line("rustc " + toolchain + "; " + machine.sandbox().describe());
  }

  private CargoEvents build(Crate crate) throws IOException {
    return cargo.build(order, crate, slot.target(), machine.clock());
  }

  private Cargo cargo(Path program) {
    long timeout = job.build().getTimeout().getSeconds();
    long cpuSeconds =
        Math.max(LEAST_CPU_SECONDS, timeout * Runtime.getRuntime().availableProcessors());
    return new Cargo(
        program,
        machine.sandbox(),
        slot.source(),
        environment,
        cpuSeconds,
        new Command.Ears(
            job.log(),
            job.cancellation(),
            new Guard(machine.scheduler(), slot.root(), machine.limits())));
  }
}
