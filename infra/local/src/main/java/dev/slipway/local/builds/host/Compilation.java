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

/** From the unpacked archive to its binary in the target folder. */
final class Compilation {

  private static final long LEAST_CPU_SECONDS = 60;

  private final Machine machine;
  private final Job job;
  private final Order order;
  private final Slots.Slot slot;
  private final Map<String, String> environment;
  private final KnownCrate known;

  Compilation(Machine machine, Job job, Order order, Slots.Slot slot) {
    this.machine = machine;
    this.job = job;
    this.order = order;
    this.slot = slot;
    environment = machine.rust().environment(slot, order);
    known = new KnownCrate(slot.crate());
  }

  /** What came of it: what the archive holds, and what cargo built. */
  record Compiled(Crate crate, CargoEvents events) {}

  /** Compiles with {@code program}, cargo, and tells {@code facts} how. */
  Compiled run(Path program, BuildFacts facts) throws IOException {
    String toolchain = machine.rust().choose(order, slot.source(), environment, job.log());
    facts.put("toolchain", toolchain);
    job.log().line("rustc " + toolchain + "; " + machine.sandbox().describe());
    Cargo cargo = cargo(program);
    Optional<Crate> recalled = known.recall(order, slot.source());
    Stopwatch fetching = new Stopwatch(machine.clock());
    Crate crate = recalled.isPresent() ? recalled.get() : cargo.fetch(withNetwork(), order);
    facts.put("fetchSeconds", fetching.seconds());
    CargoEvents events = build(cargo, crate, recalled.isPresent());
    known.keep(order, slot.source(), crate);
    facts.put("cacheHit", events.cacheHit());
    facts.put("cookSeconds", Stopwatch.seconds(events.cook()));
    facts.put("buildSeconds", Stopwatch.seconds(events.build()));
    return new Compiled(crate, events);
  }

  /** Runs the crate's own tests, where that is asked for. */
  void test(Path program, BuildFacts facts) throws IOException {
    Stopwatch testing = new Stopwatch(machine.clock());
    if (order.runTests()) {
      cargo(program).test(order);
    }
    facts.put("testSeconds", order.runTests() ? testing.seconds() : 0);
  }

  /**
   * @param supposed whether it is only supposed that every dependency is on this machine, as it was
   *     for the build before
   */
  private CargoEvents build(Cargo cargo, Crate crate, boolean supposed) throws IOException {
    try {
      return cargo.build(order, crate, slot.target(), machine.clock());
    } catch (Refusal e) {
      if (!supposed || !cargo.fetchMissing(withNetwork())) {
        throw e;
      }
      return cargo.build(order, crate, slot.target(), machine.clock());
    }
  }

  private Map<String, String> withNetwork() {
    return machine.rust().withNetwork(environment);
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
