package dev.slipway.pipeline;

import dev.slipway.ledger.View;
import dev.slipway.log.LogContext;
import dev.slipway.release.Decision;
import dev.slipway.release.Observation;
import dev.slipway.release.Policy;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Situation;
import dev.slipway.release.Step;
import dev.slipway.rollout.StaleServiceException;
import java.lang.System.Logger.Level;
import java.lang.System.Logger;
import java.time.Clock;
import java.util.Optional;

/**
 * Moves one release as far as it will go: look, decide one step, take it, write down what came of
 * it, again.
 *
 * <p>The order of looking is what makes it safe among rivals. The platform is read first and the
 * ledger after it, so that a decision to change traffic rests on a ledger at least as new as the
 * reading whose etag it presents. A rival that moved the release on either shows in that ledger, or
 * touches the platform later, and then one of the two is refused by etag.
 */
public final class Advance {

  /** The actor of what no person asked for. */
  public static final String SLIPWAY = "slipway";

  private static final Logger LOG = System.getLogger(Advance.class.getName());

  /** More steps than any release has, waits apart: past it, something turns in a circle. */
  private static final int MAX_STEPS = 200;

  /** Characters of an error that are part of a reason. */
  private static final int MAX_SAID = 500;

  private final Journal journal;
  private final Observer observer;
  private final Performer performer;
  private final Context context;
  private final Duty duty;

  /**
   * What is the same for every release.
   *
   * @param patience how an invocation waits for a platform
   */
  public record Context(Policy policy, Clock clock, Patience patience) {}

  /** A decision's basis, as the ledger gave it and as the decision sees it. */
  private record Look(View view, Situation situation) {}

  /** An advance that does all there is to do. */
  public Advance(Journal journal, Observer observer, Performer performer, Context context) {
    this(journal, observer, performer, context, Duty.ALL);
  }

  /** An advance that does what is its duty and leaves the rest. */
  public Advance(
      Journal journal, Observer observer, Performer performer, Context context, Duty duty) {
    this.duty = duty;
    this.journal = journal;
    this.observer = observer;
    this.performer = performer;
    this.context = context;
  }

  /**
   * Moves the release until nothing can be done for it now. One the ledger does not know is left
   * alone.
   *
   * @throws RuntimeException when a retry can help; every step so far stands
   */
  public void advance(ReleaseId id) {
    LogContext.of(id, () -> move(id));
  }

  private void move(ReleaseId id) {
    Patience.Budget budget = context.patience().budget();
    // A slow start is no circle: waiting has an end of its own.
    int most = MAX_STEPS + context.patience().looks();
    for (int i = 0; i < most; i++) {
      View view = journal.view(id);
      if (view.release().isEmpty() || !duty.covers(view.release().get().stage())) {
        return;
      }
      if (!move(view, view.release().get(), budget)) {
        return;
      }
    }
    throw new ContendedException(
        "Tried to advance release %s but after %d steps it is still moving."
            .formatted(id, most));
  }

  /** Takes one step, if the ledger stands still for it, and says whether to look again. */
  private boolean move(View view, Release release, Patience.Budget budget) {
    try {
      Optional<Look> look = look(view, release);
      return look.isEmpty() || take(look.get(), budget);
    } catch (RuntimeException e) {
      ReleaseEvent end =
          Decision.givenUp(release, context.policy(), context.clock().instant(), said(e))
              .orElseThrow(() -> e);
      LOG.log(Level.ERROR, view.id() + " is given up", e);
      return journal.append(view, end, SLIPWAY) || budget.yieldToRival();
    }
  }

  private static String said(RuntimeException e) {
    String message = e.getMessage();
    if (message == null || message.isBlank()) {
      return e.getClass().getSimpleName();
    }
    String line = message.strip().lines().findFirst().orElseThrow();
    return line.length() > MAX_SAID ? line.substring(0, MAX_SAID) + "..." : line;
  }

  /** Empty when the ledger moved between its two readings. */
  private Optional<Look> look(View before, Release release) {
    Observation observation = observer.observe(before, release);
    View view =
        observation instanceof Observation.Nothing ? before : journal.view(release.id());
    if (!view.release().equals(before.release())) {
      return Optional.empty();
    }
    return Optional.of(
        new Look(
            view,
            new Situation(
                release,
                view.service(),
                view.others(),
                observation,
                context.policy(),
                context.clock().instant())));
  }

  /** Takes the one step that is next and says whether to look again. */
  private boolean take(Look look, Patience.Budget budget) {
    Step step = Decision.next(look.situation());
    LOG.log(Level.DEBUG, () -> look.view().id() + ": " + step);
    return switch (step) {
      case Step.Rest s -> false;
      case Step.Wait s -> s.soon() && budget.pause();
      case Step.Sample s -> {
        var unused = performer.perform(look.view().id(), s);
        observer.forget(look.view().id());
        yield false;
      }
      default ->
          duty.covers(step)
              ? perform(look.view(), step, budget)
              : leave(look, budget);
    };
  }

  /** Another's step is left alone, unless that one does not take it for far too long. */
  private boolean leave(Look look, Patience.Budget budget) {
    Situation s = look.situation();
    return Decision.neglected(s.release(), s.policy(), s.now())
        .map(end -> journal.append(look.view(), end, SLIPWAY) || budget.yieldToRival())
        .orElse(false);
  }

  private boolean perform(View view, Step step, Patience.Budget budget) {
    Optional<ReleaseEvent> came;
    try {
      came = performer.perform(view.id(), step);
    } catch (StaleServiceException e) {
      LOG.log(Level.INFO, "{0}: {1}; looking again", view.id(), e.getMessage());
      return budget.yieldToRival();
    }
    if (came.isEmpty()) {
      // The platform needs a moment to show what was asked of it.
      return budget.pause();
    }
    return journal.append(view, came.get(), SLIPWAY) || budget.yieldToRival();
  }
}
