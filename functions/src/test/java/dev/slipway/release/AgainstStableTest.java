package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AgainstStableTest {

  private static final double ALPHA = 0.05;

  private static Tally tally(long requests, long errors) {
    return new Tally(requests, errors, Histogram.EMPTY);
  }

  private static int failing(Tally candidate, Tally stable, double allowed) {
    return new AgainstStable(List.of(candidate), List.of(stable), ALPHA).failing(allowed);
  }

  @Test
  void aCandidateIsWorseOnlyWhereBothSamplesLeaveNoDoubt() {
    assertThat(failing(tally(1000, 60), tally(9000, 90), 0.01)).isEqualTo(1);
    assertThat(failing(tally(10, 1), tally(9000, 90), 0.01)).isZero();
    assertThat(failing(tally(1000, 60), tally(10, 0), 0.01)).isZero();
    assertThat(failing(tally(1000, 60), Tally.NONE, 0.01)).isZero();
  }

  @Test
  void aBadStableRevisionCondemnsNoGoodCandidate() {
    assertThat(failing(tally(1000, 0), tally(9000, 4500), 0)).isZero();
  }

  @Test
  void equalRevisionsAreTakenForUnequalNoMoreOftenThanPromised() {
    Random random = new Random(5);
    int steps = 2000;
    int alarms = 0;
    for (int i = 0; i < steps; i++) {
      List<Tally> candidate = new ArrayList<>();
      List<Tally> stable = new ArrayList<>();
      for (int k = 0; k < 10; k++) {
        candidate.add(tally(50, failures(random, 50)));
        stable.add(tally(200, failures(random, 200)));
      }
      alarms += new AgainstStable(candidate, stable, ALPHA).failing(0) > 0 ? 1 : 0;
    }

    assertThat((double) alarms / steps).isLessThan(ALPHA);
  }

  private static long failures(Random random, int requests) {
    long failures = 0;
    for (int i = 0; i < requests; i++) {
      failures += random.nextDouble() < 0.05 ? 1 : 0;
    }
    return failures;
  }

  @Test
  void aSlowerCandidateIsSeenByItsTail() {
    Histogram quick = new Histogram(List.of(new Histogram.Bucket(10, 14, 1000)));
    Histogram slow =
        new Histogram(
            List.of(new Histogram.Bucket(10, 14, 800), new Histogram.Bucket(100, 140, 200)));

    assertThat(slower(slow, quick, 1.5)).isEqualTo(1);
    assertThat(slower(slow, quick, 20)).isZero();
    assertThat(slower(quick, slow, 1.5)).isZero();
    assertThat(slower(slow, Histogram.EMPTY, 1.5)).isZero();
  }

  private static int slower(Histogram candidate, Histogram stable, double factor) {
    return new AgainstStable(
            List.of(new Tally(candidate.count(), 0, candidate)),
            List.of(new Tally(stable.count(), 0, stable)),
            ALPHA)
        .slower(factor);
  }
}
