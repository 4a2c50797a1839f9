package dev.slipway.console;

import dev.slipway.console.access.Caller;
import dev.slipway.console.ask.Whole;
import dev.slipway.release.Actions;
import dev.slipway.release.Command;
import dev.slipway.release.People;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Role;
import dev.slipway.release.ServiceRecord;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Takes commands from people and hands them in at the one door, if they may be asked. */
final class Asking {

  private static final int MAX_REASON = 500;

  private final Desk desk;
  private final People people;

  Asking(Desk desk, People people) {
    this.desk = desk;
    this.people = people;
  }

  /** What the policy wants a reason for. */
  Set<Command.Kind> reasoned() {
    return people.reasoned();
  }

  /** What the caller can ask of a release now. */
  Set<Command.Kind> allowed(Whole whole, Caller caller) {
    Set<Command.Kind> kinds = Actions.of(whole.release(), whole.service());
    kinds.removeIf(
        kind ->
            !caller.role().may(kind)
                || refusal(whole, new Command(kind, whole.release().id(), caller.name(), "?"))
                    .isPresent());
    return kinds;
  }

  /** Why a command would not be obeyed now. */
  private static Optional<String> refusal(Whole whole, Command command) {
    return switch (command.outcome(whole.release(), whole.service())) {
      case Command.Outcome.Do obeyed -> Optional.empty();
      case Command.Outcome.Refuse refused -> Optional.of(refused.reason());
    };
  }

  /** The release of a service that is being rolled out, else the live one. */
  Optional<Release> moving(ServiceRecord service) {
    return service.slot().or(service::live).flatMap(desk.ask()::release).map(Whole::release);
  }

  /** The release with its events. */
  Whole whole(ReleaseId id) {
    return desk.ask()
        .release(id)
        .orElseThrow(() -> new Refusal(404, "There is no release " + id + "."));
  }

  /**
   * Hands a command in.
   *
   * @throws Refusal when it lacks a reason, the caller may not ask for it, or it means nothing now
   */
  Command ask(Caller caller, ReleaseId id, Command.Kind kind, String reason) {
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      throw new Refusal(
          400, "%s wants a reason, of up to %d characters.".formatted(kind, MAX_REASON));
    }
    if (!caller.role().may(kind)) {
      throw new Refusal(
          403,
          "%s wants a %s; %s is a %s. The policy's people say who is what."
              .formatted(kind, Role.needed(kind).label(), caller.name(), caller.role().label()));
    }
    Command command = new Command(kind, id, caller.name(), reason.strip());
    Optional<String> refusal = refusal(whole(id), command);
    if (refusal.isPresent()) {
      throw new Refusal(
          409, "%s of %s is refused: %s.".formatted(kind, id, refusal.get()));
    }
    desk.door().accept(command);
    return command;
  }

  /**
   * Which command a text names.
   *
   * @throws Refusal when none
   */
  static Command.Kind kind(String text) {
    try {
      return Command.Kind.valueOf(text);
    } catch (IllegalArgumentException no) {
      throw new Refusal(
          400,
          "There is no such command. There are %s.".formatted(EnumSet.allOf(Command.Kind.class)));
    }
  }
}
