package dev.slipway.notify;

import dev.slipway.release.Command;
import dev.slipway.release.Release;
import dev.slipway.release.ServiceRecord;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The buttons of a message: what can be asked of its release now. */
final class Buttons {

  private static final String ACTION = "slipway.";

  private Buttons() {}

  static List<Blocks.Button> of(Release release, ServiceRecord service) {
    return applying(release, service).stream()
        .map(
            kind ->
                new Blocks.Button(
                    label(kind), action(kind), release.id().toString(), style(kind)))
        .toList();
  }

  /** What can be asked of a release now. */
  static Set<Command.Kind> applying(Release release, ServiceRecord service) {
    Set<Command.Kind> kinds = EnumSet.noneOf(Command.Kind.class);
    for (Command.Kind kind : Command.Kind.values()) {
      if (new Command(kind, release.id(), "", "").event(release, service).isPresent()) {
        kinds.add(kind);
      }
    }
    if (kinds.contains(Command.Kind.ROLLBACK)) {
      kinds.remove(Command.Kind.CANCEL);
    }
    return kinds;
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
    String words = kind == Command.Kind.ROLLBACK ? "roll back" : kind.name().toLowerCase(Locale.ROOT);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1).replace('_', ' ');
  }

  /** What ends something, or goes past a rule. */
  static boolean isGrave(Command.Kind kind) {
    return style(kind).equals("danger") || kind == Command.Kind.CANCEL;
  }

  private static String style(Command.Kind kind) {
    return switch (kind.name()) {
      case "ROLLBACK", "REJECT", "OVERRIDE" -> "danger";
      case "APPROVE", "PROMOTE" -> "primary";
      default -> "";
    };
  }
}
