package dev.slipway.cli.laptop;

import dev.slipway.local.builds.EngineChoice;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** What must be on the machine. */
public final class Tools {

  private Tools() {}

  /**
   * Looks for what an engine builds with.
   *
   * @throws Failure when it is not there
   */
  public static void require(EngineChoice engine) {
    if (engine.kind() == EngineChoice.Kind.HOST) {
      requireCargo();
    }
    engine
        .problem()
        .ifPresent(
            problem -> {
              throw new Failure(problem);
            });
  }

  /**
   * Looks for cargo.
   *
   * @throws Failure when there is none
   */
  public static void requireCargo() {
    try {
      Process cargo =
          new ProcessBuilder("cargo", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!cargo.waitFor(1, TimeUnit.MINUTES) || cargo.exitValue() != 0) {
        throw new Failure(
            "Tried to run 'cargo --version' but it failed. Is a toolchain set up? 'rustup default stable' does it.");
      }
    } catch (IOException e) {
      throw new Failure(
          "There is no cargo on the PATH, so nothing can be built here. Install Rust from https://rustup.rs.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted while looking for cargo", e);
    }
  }
}
