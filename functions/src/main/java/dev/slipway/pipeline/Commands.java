package dev.slipway.pipeline;

import dev.slipway.ledger.View;
import dev.slipway.log.LogContext;
import dev.slipway.release.Command;
import dev.slipway.release.People;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import java.lang.System.Logger.Level;
import java.lang.System.Logger;
import java.util.Optional;

/** The one door for what people ask of a release, from wherever they ask. */
public final class Commands {

  private static final Logger LOG = System.getLogger(Commands.class.getName());

  private static final int ATTEMPTS = 20;

  private final People people;
  private final Journal journal;
  private final Advance advance;

  /**
   * Opens the door.
   *
   * @param people what is not taken without a reason, whoever asks
   */
  public Commands(People people, Journal journal, Advance advance) {
    this.people = people;
    this.journal = journal;
    this.advance = advance;
  }

  /**
   * Writes the command down as its event and acts on it. One that cannot be obeyed, as a repeated
   * one, changes nothing; the log says why. One that lacks a reason the policy wants is written down
   * as refused, so that whoever asked is told wherever the release is shown: it passed the faces by,
   * which would have said so at once.
   */
  public void obey(Command command) {
    LogContext.of(command.release(), () -> carryOut(command));
  }

  private void carryOut(Command command) {
    for (int i = 0; i < ATTEMPTS; i++) {
      View view = journal.view(command.release());
      Optional<ReleaseEvent> event = event(command, view);
      if (event.isEmpty()) {
        return;
      }
      if (journal.append(view, event.get(), command.actor())) {
        advance.advance(command.release());
        if (event.get() instanceof ReleaseEvent.Retried retried) {
          advance.advance(retried.as());
        }
        return;
      }
    }
    throw new ContendedException(
        "Tried to carry out %s but the release kept changing. The command comes again."
            .formatted(command));
  }

  private Optional<ReleaseEvent> event(Command command, View view) {
    Optional<Release> release = view.release();
    Command.Outcome outcome =
        release.isPresent()
            ? command.outcome(release.get(), view.service())
            : new Command.Outcome.Refuse("the ledger knows no release " + command.release());
    return switch (outcome) {
      case Command.Outcome.Do obeyed -> Optional.of(admitted(command, obeyed.event()));
      case Command.Outcome.Refuse refused -> {
        refuse(command, refused.reason());
        yield Optional.empty();
      }
    };
  }

  private ReleaseEvent admitted(Command command, ReleaseEvent event) {
    Optional<String> objection = people.objection(command);
    objection.ifPresent(why -> refuse(command, why));
    return objection
        .<ReleaseEvent>map(
            why -> new ReleaseEvent.CommandRefused(command.kind(), command.actor(), why))
        .orElse(event);
  }

  private static void refuse(Command command, String why) {
    LOG.log(
        Level.WARNING,
        "refused {0} of {1}, asked by {2}: {3}",
        command.kind(),
        command.release(),
        command.actor(),
        why);
  }
}
