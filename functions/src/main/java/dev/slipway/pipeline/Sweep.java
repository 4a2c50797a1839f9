package dev.slipway.pipeline;

import dev.slipway.ledger.Catalog;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Upload;
import dev.slipway.source.Uploads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * What every tick does: advances each release that is on its way, takes in uploads whose event never
 * came, and tells again what was not heard. One that fails does not keep the others from their turn.
 */
public final class Sweep {

  private static final Logger LOG = System.getLogger(Sweep.class.getName());

  private final Catalog catalog;
  private final Uploads uploads;
  private final Intake intake;
  private final Advance advance;
  private final Retelling retelling;

  /** A sweep whose advance has {@code advance}'s duty. */
  public Sweep(
      Catalog catalog, Uploads uploads, Intake intake, Advance advance, Retelling retelling) {
    this.catalog = catalog;
    this.uploads = uploads;
    this.intake = intake;
    this.advance = advance;
    this.retelling = retelling;
  }

  /** Goes round once; what fails is for the next tick. */
  public void sweep() {
    sweepUploads();
    sweepReleases();
  }

  /** The half of whoever submits builds: releases not built yet, and uploads nobody told of. */
  public void sweepUploads() {
    attempt("the releases on their way", this::advanceAll);
    attempt("the uploads", this::receiveLost);
  }

  /** The half of whoever deploys: releases on their way, and what was not heard of them. */
  public void sweepReleases() {
    attempt("the releases on their way", this::advanceAll);
    attempt("the outbox", retelling::retell);
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
