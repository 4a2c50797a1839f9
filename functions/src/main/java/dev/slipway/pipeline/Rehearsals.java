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
import java.util.Optional;

/**
 * Asks the platform what it would say to a change, for who may not: nothing else comes of a question.
 * What would be deployed is the live release's image, by the ledger, whoever asks.
 */
public final class Rehearsals {

  private static final Logger LOG = System.getLogger(Rehearsals.class.getName());

  private static final Duration KEPT = Duration.ofHours(1);

  private final Journal journal;
  private final Platform platform;
  private final Opinions opinions;
  private final Clock clock;

  /** What serves, and its own check of a change. */
  public record Platform(Services services, Rehearsal rehearsal) {}

  public Rehearsals(Journal journal, Platform platform, Opinions opinions, Clock clock) {
    this.journal = journal;
    this.platform = platform;
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
      Optional<ServiceState> state =
          platform.services().read(question.service(), view.id().revision());
      Optional<Deployment> trial = Plan.trial(view.service(), view.others(), state);
      return trial
          .map(deployment -> platform.rehearsal().rehearse(state, deployment))
          .orElse(Plan.Check.NO_IMAGE);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "asking the platform for " + question.actor() + " failed", e);
      return Plan.Check.unasked("asking it failed: the deploy function's log says why");
    }
  }
}
