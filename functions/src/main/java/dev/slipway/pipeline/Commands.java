package dev.slipway.pipeline;

import dev.slipway.ledger.View;
import dev.slipway.log.LogContext;
import dev.slipway.release.Command;
import dev.slipway.release.ReleaseEvent;
import java.lang.System.Logger.Level;
import java.lang.System.Logger;
import java.util.Optional;

/** The one door for what people ask of a release, from wherever they ask. */
public final class Commands {

  private static final Logger LOG = System.getLogger(Commands.class.getName());

  private static final int ATTEMPTS = 20;

  private final Journal journal;
  private final Advance advance;

  public Commands(Journal journal, Advance advance) {
    this.journal = journal;
    this.advance = advance;
  }

  /**
   * Writes the command down as its event and acts on it. One that means nothing in the release's
   * stage, as a repeated one does, changes nothing.
   */
  public void obey(Command command) {
    LogContext.of(command.release(), () -> carryOut(command));
  }

  private void carryOut(Command command) {
    for (int i = 0; i < ATTEMPTS; i++) {
      View view = journal.view(command.release());
      Optional<ReleaseEvent> event =
          view.release().flatMap(release -> command.event(release, view.service()));
      if (event.isEmpty()) {
        LOG.log(Level.INFO, "nothing to do for {0}", command);
        return;
      }
      if (journal.append(view, event.get(), command.actor())) {
        advance.advance(command.release());
        return;
      }
    }
    throw new ContendedException(
        "Tried to carry out %s but the release kept changing. The command comes again."
            .formatted(command));
  }
}
