package dev.slipway;

import dev.slipway.pipeline.Pause;
import dev.slipway.release.Plan;
import dev.slipway.release.Question;
import dev.slipway.release.ServiceName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks who may change services what the platform would say to a change, and waits a little for it. */
record Consultation(
    Consumer<Question> door,
    Function<String, Optional<Plan.Check>> answers,
    Pace pace,
    Clock clock) {

  private static final Logger LOG = System.getLogger(Consultation.class.getName());

  /** How long an answer is waited for: {@code looks} times {@code interval}. */
  record Pace(Duration interval, int looks, Pause pause) {

    String most() {
      return interval.multipliedBy(looks).toSeconds() + " seconds";
    }
  }

  /** Asks now; the answer is waited for when it is taken. */
  Supplier<Plan.Check> ask(ServiceName service, String actor) {
    Question question = Question.of(service, actor, clock.instant());
    try {
      door.accept(question);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the deploy function could not be asked", e);
      return () -> Plan.Check.unasked("the deploy function could not be reached");
    }
    return () -> await(question);
  }

  private Plan.Check await(Question question) {
    for (int look = 0; look < pace.looks(); look++) {
      Optional<Plan.Check> answer = answers.apply(question.id());
      if (answer.isPresent()) {
        return answer.get();
      }
      pace.pause().pause(pace.interval());
    }
    return answers
        .apply(question.id())
        .orElseGet(
            () ->
                Plan.Check.unasked(
                    "the deploy function did not answer within %s; plan again, it may have been starting"
                        .formatted(pace.most())));
  }
}
