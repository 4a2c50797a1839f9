package dev.slipway.pipeline;

import dev.slipway.ledger.Catalog;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Upload;
import dev.slipway.source.Uploads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

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

  public Sweep(
      Catalog catalog, Uploads uploads, Intake intake, Advance advance, Retelling retelling) {
    this.catalog = catalog;
    this.uploads = uploads;
    this.intake = intake;
    this.advance = advance;
    this.retelling = retelling;
  }

  /** Goes round once. */
  public void sweep() {
    for (ReleaseId id : catalog.active()) {
      attempt(id, advance::advance);
    }
    for (Upload upload : uploads.recent()) {
      if (catalog.of(upload).isEmpty()) {
        LOG.log(Level.WARNING, "no event came for {0}; taking it in now", upload);
        attempt(upload, intake::receive);
      }
    }
    attempt("the outbox", outbox -> retelling.retell());
  }

  private static <T> void attempt(T subject, Consumer<T> work) {
    try {
      work.accept(subject);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the sweep could not move " + subject + "; the next tick tries again", e);
    }
  }
}
