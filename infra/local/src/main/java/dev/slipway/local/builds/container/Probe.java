package dev.slipway.local.builds.container;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Tries a command. */
final class Probe {

  private static final long PATIENCE_SECONDS = 20;

  private Probe() {}

  /** Whether the command runs and succeeds. */
  static boolean answers(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      return ended && process.exitValue() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
