package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What the test promises, held against chance itself: seeded, so it says the same every time. */
final class SequentialTestTest {

  private static final int STEPS = 4000;
  private static final int WINDOWS = 40;
  private static final int REQUESTS = 25;
  private static final double LIMIT = 0.01;
  private static final double ALPHA = 0.05;
  private static final double BETA = 0.05;
  private static final SequentialTest TEST = new SequentialTest(LIMIT, 100, ALPHA, BETA);

  /** The share of steps in which a revision that fails at {@code rate} is ever so judged. */
  private static double share(long seed, double rate, Predicate<SequentialTest.Standing> judged) {
    Random random = new Random(seed);
    int hits = 0;
    for (int i = 0; i < STEPS; i++) {
      List<Trials> windows = new ArrayList<>();
      boolean hit = false;
      for (int k = 0; k < WINDOWS && !hit; k++) {
        windows.add(window(random, rate));
        hit = judged.test(TEST.judge(windows));
      }
      hits += hit ? 1 : 0;
    }
    return (double) hits / STEPS;
  }

  private static Trials window(Random random, double rate) {
    int failures = 0;
    for (int i = 0; i < REQUESTS; i++) {
      failures += random.nextDouble() < rate ? 1 : 0;
    }
    return new Trials(REQUESTS, failures);
  }

  @Test
  void aRateJustAllowedIsCondemnedNoMoreOftenThanPromised() {
    double falseAlarms = share(1, LIMIT, standing -> standing.condemned() > 0);

    assertThat(falseAlarms).isBetween(0.001, ALPHA);
  }

  @Test
  void aRateThatMustNotPassIsClearedNoMoreOftenThanPromised() {
    double misses = share(2, TEST.unacceptable(), s -> s.cleared() && s.condemned() == 0);

    assertThat(misses).isBetween(0.001, BETA);
  }

  @Test
  void aQuarterOfTheAllowedRateIsClearedAndTwiceTheUnacceptableOneIsCondemned() {
    double cleared = share(3, LIMIT / 4, SequentialTest.Standing::cleared);
    double condemned = share(4, 2 * TEST.unacceptable(), s -> s.condemned() > 0);

    assertThat(cleared).isGreaterThan(0.99);
    assertThat(condemned).isGreaterThan(0.99);
  }

  @Test
  void theSmallestSampleThatClearsIsTheOneAskedFor() {
    assertThat(TEST.judge(List.of(new Trials(99, 0))).cleared()).isFalse();
    assertThat(TEST.judge(List.of(new Trials(100, 0))).cleared()).isTrue();
    assertThat(TEST.judge(List.of(new Trials(100, 1))).cleared()).isFalse();
    assertThat(TEST.judge(List.of(new Trials(60, 0), new Trials(40, 0))).cleared()).isTrue();
  }

  @Test
  void oneFailureAmongFewRequestsCondemnsNobody() {
    assertThat(TEST.judge(List.of(new Trials(1, 1))).condemned()).isZero();
    assertThat(TEST.judge(List.of(new Trials(20, 4))).condemned()).isEqualTo(1);
  }

  @Test
  void manyGoodWindowsDoNotHideAFaultThatSetsInLater() {
    List<Trials> windows = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      windows.add(new Trials(1000, 2));
    }

    windows.add(new Trials(100, 20));

    assertThat(TEST.judge(windows).condemned()).isEqualTo(1);
    assertThat(new SequentialTest(LIMIT, 100, ALPHA, BETA).judge(windows.subList(0, 30)).cleared())
        .isTrue();
  }

  @Test
  void whereNothingMayFailOneFailureIsEnough() {
    SequentialTest strict = new SequentialTest(0, 100, ALPHA, BETA);

    assertThat(strict.judge(List.of(new Trials(1000, 1))).condemned()).isEqualTo(1);
    assertThat(strict.judge(List.of(new Trials(100, 0))).cleared()).isTrue();
  }
}
