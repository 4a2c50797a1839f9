package dev.slipway.pipeline;

import dev.slipway.ledger.Opinions;
import dev.slipway.ledger.View;
import dev.slipway.release.Deployment;
import dev.slipway.release.Plan;
import dev.slipway.release.Question;
import dev.slipway.release.ServiceState;
import dev.slipway.rollout.Rehearsal;
import dev.slipway.rollout.Services;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Asks the platform what it would say to a change, for who may not: nothing else comes of a question.
 * What would be deployed is the live release's image, by the ledger, whoever asks.
 */
public final class Rehearsals {

  private static final Logger LOG = System.getLogger(Rehearsals.class.getName());

  private static final Duration KEPT = Duration.ofHours(1);

  private final Journal journal;
  private final List<Place> places;
  private final Opinions opinions;
  private final Clock clock;

  /**
   * Where releases serve.
   *
   * @param region empty for the environment's own
   * @param rehearsal the platform's own check of a change
   */
  public record Place(Optional<String> region, Services services, Rehearsal rehearsal) {}

  /** Asks of each of {@code places}, in order. */
  public Rehearsals(Journal journal, List<Place> places, Opinions opinions, Clock clock) {
    this.journal = journal;
    this.places = List.copyOf(places);
    this.opinions = opinions;
    this.clock = clock;
  }

  /**
   * Leaves the answer where it is waited for. Never throws: to be asked again later helps nobody, who
   * asked waits some seconds only.
   */
  public void answer(Question question) {
    Instant now = clock.instant();
    if (question.isStale(now)) {
      LOG.log(Level.INFO, "left a question of {0} unanswered: it is too old", question.actor());
      return;
    }
    try {
      if (opinions.find(question.id()).isEmpty()) {
        opinions.leave(question.id(), check(question), now.plus(KEPT));
        LOG.log(
            Level.INFO, "asked for {0} what a change of {1} meets", question.actor(), question.service());
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a question of " + question.actor() + " stays unanswered", e);
    }
  }

  private Plan.Check check(Question question) {
    try {
      View view = journal.view(Plan.idOf(question.service()));
      return Plan.Check.of(places.stream().map(place -> check(view, place)).toList());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "asking the platform for " + question.actor() + " failed", e);
      return Plan.Check.unasked("asking it failed: the deploy function's log says why");
    }
  }

  private static Plan.Check check(View view, Place place) {
    Optional<ServiceState> state =
        place.services().read(view.service().name(), view.id().revision());
    Optional<Deployment> trial = Plan.trial(view.service(), view.others(), state);
    Plan.Check check =
        trial
            .map(deployment -> place.rehearsal().rehearse(state, deployment))
            .orElse(Plan.Check.NO_IMAGE);
    return place.region().map(check::in).orElse(check);
  }
}
