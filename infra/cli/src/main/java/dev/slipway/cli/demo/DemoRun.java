package dev.slipway.cli.demo;

import dev.slipway.cli.ReleaseTable;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.laptop.Folders;
import dev.slipway.cli.laptop.Laptop;
import dev.slipway.cli.laptop.LaptopSetup;
import dev.slipway.cli.laptop.Tools;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.local.LaptopCloud;
import dev.slipway.local.functions.FunctionCode;
import dev.slipway.local.state.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Runs the demo on a laptop cloud of its own and reports. */
public final class DemoRun {

  private static final Duration TICK = Duration.ofMillis(500);

  private final Options options;
  private final Display display;

  /**
   * How to run it.
   *
   * @param folder the demo's own state folder, emptied first
   * @param keep whether the cloud stays until interrupted
   * @param json where to write the facts
   */
  public record Options(Path folder, boolean keep, Optional<Path> json) {}

  private DemoRun(Options options, Screen screen) {
    this.options = options;
    display = new Display(screen);
  }

  /** Runs it; the exit code is 0 when every point came true, else 1. */
  public static int run(Options options, Screen screen) throws InterruptedException {
    return new DemoRun(options, screen).run();
  }

  private int run() throws InterruptedException {
    Tools.requireCargo();
    empty(options.folder());
    String policy =
        ("{hold: %ds, watch: 0s, candidateDeadline: 60s,"
                + " gate: {window: 1s, lag: 0s, minRequests: 20, syntheticRequests: 0}}")
            .formatted(Demo.HOLD.toSeconds());
    LaptopCloud cloud =
        LaptopCloud.start(LaptopSetup.config(options.folder(), policy, TICK));
    Thread closing = new Thread(cloud::close, "shutdown");
    Runtime.getRuntime().addShutdownHook(closing);
    try {
      cloud.warmUp();
      display.say(
          "the laptop cloud was ready in %d ms: %s (gRPC), %s (HTTP)"
              .formatted(
                  cloud.readyMillis(), cloud.endpoints().grpc(), cloud.endpoints().http()));
      boolean held = tell(cloud);
      if (options.keep()) {
        display.say("the cloud stays up: slipway status --state %s".formatted(options.folder()));
        new CountDownLatch(1).await();
      }
      return held ? 0 : 1;
    } finally {
      cloud.close();
      Runtime.getRuntime().removeShutdownHook(closing);
    }
  }

  private boolean tell(LaptopCloud cloud) {
    try (Laptop laptop = Laptop.at(cloud.endpoints())) {
      DemoCrate crate = new DemoCrate(home());
      Facts facts = new Demo(cloud, laptop, crate, display).tell();
      report(facts);
      options.json().ifPresent(file -> write(facts, file));
      return facts.points().stream().allMatch(Points.Point::holds);
    }
  }

  private void report(Facts facts) {
    display.chapter("The ledger");
    ReleaseTable.lines(facts.releases().reversed()).forEach(display::say);
    display.chapter("Slack, #releases");
    facts
        .slack()
        .values()
        .forEach(
            m -> display.say("%s  (%d edits)".formatted(read(m.now().text()), m.edits())));
    display.chapter("What came true");
    facts.points().forEach(point -> display.check(point.holds(), point.what()));
    long held = facts.points().stream().filter(Points.Point::holds).count();
    display.end("%d of %d points came true.".formatted(held, facts.points().size()));
  }

  /** As Slack shows a text, but for the emoji. */
  private static String read(String text) {
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  private static void write(Facts facts, Path file) {
    try {
      Files.writeString(file, facts.json() + "\n");
    } catch (IOException e) {
      throw new Failure(
          "Tried to write the facts to %s but failed: %s".formatted(file, IoReason.of(e)), e);
    }
  }

  /** The folder is the demo's own: nobody keeps anything there. */
  private static void empty(Path folder) {
    if (Laptop.isRunning(folder)) {
      throw new Failure(
          "A demo is still running with its state in %s. Stop it first, or name another folder with --state."
              .formatted(folder));
    }
    try {
      if (Files.exists(folder)) {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new Failure("Tried to empty %s but failed: %s".formatted(folder, IoReason.of(e)), e);
    }
  }

  /** The project's root, four folders above what Maven made of this module. */
  private static Path home() {
    return FunctionCode.whereabouts(DemoRun.class).resolve("../../../..").normalize();
  }
}
