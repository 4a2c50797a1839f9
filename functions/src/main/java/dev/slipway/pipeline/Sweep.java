package dev.slipway.pipeline;

import dev.slipway.ledger.Catalog;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Upload;
import dev.slipway.source.Uploads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * What every tick does: advances each release that is on its way, takes in uploads whose event never
 * came, and sees to its chores. One that fails does not keep the others from their turn.
 */
public final class Sweep {

  private static final Logger LOG = System.getLogger(Sweep.class.getName());

  private final Catalog catalog;
  private final Uploads uploads;
  private final Intake intake;
  private final Advance advance;
  private final List<Chore> chores;

  /**
   * Sweeps.
   *
   * @param chores what is done at the end of each round
   */
  public Sweep(
      Catalog catalog, Uploads uploads, Intake intake, Advance advance, List<Chore> chores) {
    this.catalog = catalog;
    this.uploads = uploads;
    this.intake = intake;
    this.advance = advance;
    this.chores = List.copyOf(chores);
  }

  /**
   * Something to be seen to at each tick.
   *
   * @param subject what it is about, such as {@code the outbox}
   */
  public record Chore(String subject, Runnable work) {}

  /** Goes round once; what fails is for the next tick. */
  public void sweep() {
    attempt("the releases on their way", this::advanceAll);
    attempt("the uploads", this::receiveLost);
    chores.forEach(chore -> attempt(chore.subject(), chore.work()));
  }

  private void advanceAll() {
    for (ReleaseId id : catalog.active()) {
      attempt(id, () -> advance.advance(id));
    }
  }

  private void receiveLost() {
    for (Upload upload : catalog.unseen(uploads.recent())) {
      LOG.log(Level.WARNING, "no event came for {0}; taking it in now", upload);
      attempt(upload, () -> intake.receive(upload));
    }
  }

  private static void attempt(Object subject, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the sweep could not see to " + subject + "; the next tick tries again", e);
    }
  }
}
