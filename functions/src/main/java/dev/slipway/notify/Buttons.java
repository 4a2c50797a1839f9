package dev.slipway.notify;

import dev.slipway.release.Actions;
import dev.slipway.release.Command;
import dev.slipway.release.Release;
import dev.slipway.release.ServiceRecord;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The buttons of a message: what can be asked of its release now. */
final class Buttons {

  private static final String ACTION = "slipway.";

  private Buttons() {}

  static List<Blocks.Button> of(Release release, ServiceRecord service) {
    return Actions.shown(Actions.of(release, service)).stream()
        .map(
            kind ->
                new Blocks.Button(
                    label(kind), action(kind), release.id().toString(), style(kind)))
        .toList();
  }

  static String action(Command.Kind kind) {
    return ACTION + kind.name().toLowerCase(Locale.ROOT);
  }

  /** The command a click of a button asks for; empty for a button that is none of ours. */
  static Optional<Command.Kind> kind(String action) {
    for (Command.Kind kind : Command.Kind.values()) {
      if (action(kind).equals(action)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** {@code Roll back}. */
  static String label(Command.Kind kind) {
    return switch (kind) {
      case ROLLBACK -> "Roll back";
      case PAUSE -> "Pause";
      case RESUME -> "Resume";
      case CANCEL -> "Cancel";
      case SKIP -> "Next step";
      case PROMOTE -> "Promote";
      case APPROVE -> "Approve";
      case REJECT -> "Reject";
      case RETRY -> "Try again";
      case HOLD -> "Hold service";
      case UNHOLD -> "Lift hold";
      case OVERRIDE -> "Break the glass";
    };
  }

  /** What ends or stops something, or goes past a rule. */
  static boolean isGrave(Command.Kind kind) {
    return style(kind).equals("danger")
        || kind == Command.Kind.CANCEL
        || kind == Command.Kind.HOLD;
  }

  private static String style(Command.Kind kind) {
    return switch (kind) {
      case ROLLBACK, REJECT, OVERRIDE -> "danger";
      case APPROVE, PROMOTE -> "primary";
      case PAUSE, RESUME, CANCEL, SKIP, RETRY, HOLD, UNHOLD -> "";
    };
  }
}
