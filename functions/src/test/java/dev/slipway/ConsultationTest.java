package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Plan;
import dev.slipway.release.Question;
import dev.slipway.release.Samples;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class ConsultationTest {

  private final List<Question> asked = new ArrayList<>();
  private int looks;

  private Consultation consultation(Consumer<Question> door, int answeredAt) {
    return new Consultation(
        door,
        id -> {
          assertThat(id).isEqualTo(asked.getLast().id());
          return ++looks < answeredAt ? Optional.empty() : Optional.of(Plan.Check.PASSED);
        },
        new Consultation.Pace(Duration.ofMillis(500), 20, span -> {}),
        Clock.fixed(Samples.NOW, ZoneOffset.UTC));
  }

  @Test
  void theAnswerIsWaitedForInTheNameOfWhoAsks() {
    Plan.Check answer = consultation(asked::add, 7).ask(Samples.HELLO, "ana").get();

    assertThat(answer).isEqualTo(Plan.Check.PASSED);
    assertThat(looks).isEqualTo(7);
    assertThat(asked)
        .singleElement()
        .satisfies(q -> assertThat(q.actor()).isEqualTo("ana"))
        .satisfies(q -> assertThat(q.isStale(Samples.NOW)).isFalse());
  }

  @Test
  void withoutAnAnswerThePlanSaysSoAfterAWhile() {
    Plan.Check answer =
        consultation(asked::add, Integer.MAX_VALUE).ask(Samples.HELLO, "ana").get();

    assertThat(answer.unasked()).hasValueSatisfying(why -> assertThat(why).contains("10 seconds"));
    assertThat(looks).isEqualTo(21);
  }

  @Test
  void whoCannotBeReachedIsNotWaitedFor() {
    Plan.Check answer =
        consultation(
                question -> {
                  throw new IllegalStateException("PERMISSION_DENIED");
                },
                1)
            .ask(Samples.HELLO, "ana")
            .get();

    assertThat(answer.unasked()).hasValueSatisfying(why -> assertThat(why).contains("reached"));
    assertThat(looks).isZero();
  }
}
