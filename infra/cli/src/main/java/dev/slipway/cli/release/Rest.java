package dev.slipway.cli.release;

import dev.slipway.cli.terminal.Exit;
import dev.slipway.release.Command;
import dev.slipway.release.Release;
import dev.slipway.release.Stage;
import java.util.Locale;
import java.util.Optional;

/** Whether a release came to rest, and whether well. */
final class Rest {

  private Rest() {}

  /** The exit code of a release at rest; empty while it is on its way. */
  static Optional<Integer> of(Stage stage) {
    return switch (stage) {
      case Stage.Live s -> Optional.of(Exit.DONE);
      case Stage.Unchanged s -> Optional.of(Exit.DONE);
      case Stage.Replaced s -> Optional.of(Exit.DONE);
      case Stage.Settled s -> Optional.of(Exit.ENDED_BADLY);
      case Stage.Active s -> Optional.empty();
    };
  }

  /**
   * What a release that goes no further by itself waits for a person to ask, if it does.
   *
   * @param flag the option that names the environment, as it is written behind a command
   */
  static Optional<String> wanted(Release release, String flag) {
    String on = " " + release.id() + flag + "'";
    return switch (release.stage()) {
      case Stage.AwaitingApproval s ->
          Optional.of("'slipway approve" + on + " or 'slipway reject" + on);
      case Stage.Paused s -> Optional.of("'slipway resume" + on + ", or 'promote' or 'rollback'");
      case Stage.Held s ->
          switch (s.cause()) {
            case HOLD -> Optional.of("'slipway unhold" + on);
            case FREEZE -> Optional.of("the freeze's end, or 'slipway override" + on);
            case TRAFFIC -> Optional.of("somebody to mend the service's traffic");
          };
      default -> Optional.empty();
    };
  }

  /** How a command is written on the command line. */
  static String name(Command.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
