package dev.slipway.pipeline;

import dev.slipway.ledger.Catalog;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Stage;
import dev.slipway.release.Upload;
import dev.slipway.source.Uploads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What every tick does: advances each release that is on its way, takes in uploads whose event never
 * came, and sees to its chores. One that fails does not keep the others from their turn.
 */
public final class Sweep {

  private static final Logger LOG = System.getLogger(Sweep.class.getName());

  /** So long, who took an upload in is likely at it still: two at once would submit two builds. */
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final Catalog catalog;
  private final Clock clock;
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
      Catalog catalog,
      Clock clock,
      Uploads uploads,
      Intake intake,
      Advance advance,
      List<Chore> chores) {
    this.catalog = catalog;
    this.clock = clock;
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
    List<ReleaseId> active = catalog.active();
    if (active.isEmpty()) {
      return;
    }
    Set<ReleaseId> inHand = inHand();
    active.stream()
        .filter(id -> !inHand.contains(id))
        .forEach(id -> attempt(id, () -> advance.advance(id)));
  }

  private Set<ReleaseId> inHand() {
    return catalog.movedSince(clock.instant().minus(FRESH)).stream()
        .filter(release -> release.stage() instanceof Stage.Received)
        .map(Release::id)
        .collect(Collectors.toSet());
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
