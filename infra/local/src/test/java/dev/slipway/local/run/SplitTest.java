package dev.slipway.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SplitTest {

  @Test
  void everyRoundGivesEachRevisionItsShareExactly() {
    Split split = new Split(Map.of("a", 95, "b", 5, "c", 0));
    List<String> chosen = new ArrayList<>();

    for (int i = 0; i < 200; i++) {
      chosen.add(split.choose());
    }

    for (int round = 0; round < 10; round++) {
      assertThat(chosen.subList(round * 20, round * 20 + 20))
          .containsOnly("a", "b")
          .satisfies(part -> assertThat(Collections.frequency(part, "b")).isEqualTo(1));
    }
  }

  @Test
  void theChoiceDoesNotFallInStepWithAClientThatAsksInPairs() {
    Split split = new Split(Map.of("a", 50, "b", 50));
    int first = 0;

    for (int pair = 0; pair < 100; pair++) {
      first += split.choose().equals("a") ? 1 : 0;
      split.choose();
    }

    assertThat(first).isBetween(30, 70);
  }
}
