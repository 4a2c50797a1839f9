package dev.slipway.pipeline;

import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Outbox;
import dev.slipway.ledger.View;
import dev.slipway.release.Change;
import dev.slipway.release.IllegalTransitionException;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;

/** Writes events into the ledger and, once they stand there, tells the outbox. */
public final class Journal {

  private static final Logger LOG = System.getLogger(Journal.class.getName());

  private final Ledger ledger;
  private final Outbox outbox;
  private final Clock clock;

  public Journal(Ledger ledger, Outbox outbox, Clock clock) {
    this.ledger = ledger;
    this.outbox = outbox;
    this.clock = clock;
  }

  View view(ReleaseId id) {
    return ledger.view(id);
  }

  /**
   * Writes the first event of a release.
   *
   * @return false when the ledger has changed since {@code view} was read
   */
  boolean begin(View view, ReleaseEvent event, String actor) {
    return write(
        view, Change.first(view.id(), view.service(), event, actor, clock.instant()));
  }

  /**
   * Writes an event of a release the ledger knows.
   *
   * @return false when the ledger has changed since {@code view} was read
   */
  boolean append(View view, ReleaseEvent event, String actor) {
    Change change;
    try {
      change =
          Change.of(
              view.release().orElseThrow(),
              view.service(),
              view.others(),
              event,
              actor,
              clock.instant());
    } catch (IllegalTransitionException e) {
      if (isSuperseded(view)) {
        LOG.log(Level.DEBUG, "{0}: the ledger moved while it was read", view.id());
        return false;
      }
      throw e;
    }
    return write(view, change);
  }

  /**
   * A reading is of several documents, and a rival's commit can fall between them: then the other
   * releases are newer than what is told of them, and cannot take what they took already. Such a
   * change would be refused on writing; that it cannot even be made says no more.
   */
  private boolean isSuperseded(View view) {
    View now = ledger.view(view.id());
    return !now.release().equals(view.release()) || !now.service().equals(view.service());
  }

  private boolean write(View view, Change change) {
    if (!ledger.commit(view, change)) {
      return false;
    }
    change.entries().forEach(this::tell);
    return true;
  }

  /** Best effort: the ledger holds the event, and the sweep tells what was not told. */
  private void tell(Change.Entry entry) {
    try {
      outbox.publish(entry.after());
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "event {0} of {1} stands in the ledger but was not published: {2}",
          entry.sequence(),
          entry.release(),
          e.toString());
    }
  }
}
