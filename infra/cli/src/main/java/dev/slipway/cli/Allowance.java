package dev.slipway.cli;

import dev.slipway.cli.environment.ApiFailure;
import dev.slipway.cli.environment.Environment;
import dev.slipway.cli.environment.EnvironmentOption;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.release.Limits;

/** How much of everything an upload may have: its environment's policy says, so it is asked. */
final class Allowance {

  private Allowance() {}

  /**
   * Asks an environment. Where its console does not answer, nothing is refused here that it might
   * take: its function has the last word.
   */
  static Limits of(Environment env, Screen screen) {
    try {
      return env.api().limits();
    } catch (ApiFailure e) {
      if (e.isNotFound()) {
        return Limits.DEFAULT;
      }
      return unknown(e, screen);
    } catch (Failure e) {
      return unknown(e, screen);
    }
  }

  private static Limits unknown(RuntimeException why, Screen screen) {
    screen.note(
        "note: The environment could not be asked how large an upload may be; one that is too large"
            + " it rejects. "
            + why.getMessage());
    return Limits.MOST;
  }

  /** Asks the environment that is meant, if there is one; without, the usual limits count. */
  static Limits ofAny(EnvironmentOption option, Screen screen) {
    try (Environment env = option.open()) {
      return of(env, screen);
    } catch (Failure e) {
      screen.note(
          "note: Checked by the limits of an environment whose policy names no others. "
              + e.getMessage());
      return Limits.DEFAULT;
    }
  }
}
