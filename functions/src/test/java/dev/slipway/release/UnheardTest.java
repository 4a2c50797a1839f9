package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Why a candidate was never ready is said with what the check of its archive warned of. */
final class UnheardTest {

  private static final Finding LOOPBACK =
      Finding.at(Unheard.LOOPBACK, "src/main.rs:12", "it listens on loopback only");

  private static final ServiceState.Readiness BROKEN =
      new ServiceState.Readiness.Broken("The container failed to start and listen on the port.");

  private static Release candidate(boolean smoked, Finding... warnings) {
    Rollout rollout = new Rollout(Samples.ID.revision(), Optional.of("hello-before"), 7);
    Release release =
        Release.begin(
                Samples.ID,
                new ReleaseEvent.Received(Samples.SOURCE, Samples.crate(Samples.HELLO, "1.0.0"), List.of(warnings)),
                Samples.NOW)
            .on(new ReleaseEvent.BuildSubmitted("b-1", 1), Samples.NOW)
            .on(Samples.BUILT, Samples.NOW)
            .on(new ReleaseEvent.RolloutStarted(rollout, List.of()), Samples.NOW);
    return smoked ? release.on(new ReleaseEvent.SmokePassed(3, 12), Samples.NOW) : release;
  }

  private static String reason(Release release, ServiceState.Readiness readiness, Instant now) {
    ServiceState service =
        new ServiceState(
            "hello",
            "https://hello",
            "e",
            true,
            List.of(),
            List.of(),
            7,
            Optional.of(new ServiceState.Revision(Samples.ID.revision(), readiness)));
    Step step =
        Decision.next(
            new Situation(
                release,
                ServiceRecord.unknown(Samples.HELLO),
                Map.of(),
                new Observation.OfService(Optional.of(service)),
                Policy.DEFAULT,
                now));
    return ((ReleaseEvent.RollbackStarted) ((Step.Note) step).event()).reason();
  }

  @Test
  void whatListensOnLoopbackIsNamedWithItsLineBesideWhatCloudRunSays() {
    assertThat(reason(candidate(false, LOOPBACK), BROKEN, Samples.NOW))
        .isEqualTo(
            "The container failed to start and listen on the port. src/main.rs:12: it listens on"
                + " loopback only");
  }

  @Test
  void soItIsWhereCloudRunSaysNothingUntilTheDeadline() {
    Instant late = Samples.NOW.plus(Policy.DEFAULT.pace().candidateDeadline()).plusSeconds(1);

    assertThat(reason(candidate(false, LOOPBACK), new ServiceState.Readiness.Starting(), late))
        .isEqualTo("not ready within 900 seconds. src/main.rs:12: it listens on loopback only");
    assertThat(reason(candidate(true, LOOPBACK), new ServiceState.Readiness.Ready(), late))
        .isEqualTo("not ready within 900 seconds");
  }

  @Test
  void otherWarningsSayNothingOfIt() {
    Finding other = Finding.of("native", "it links openssl");

    assertThat(reason(candidate(false, other), BROKEN, Samples.NOW))
        .isEqualTo("The container failed to start and listen on the port.");
  }

  @Test
  void aCandidateThatAnsweredOnceIsNotSaidToBeUnheard() {
    assertThat(reason(candidate(true, LOOPBACK), BROKEN, Samples.NOW))
        .isEqualTo("The container failed to start and listen on the port.");
  }

  @Test
  void whatAProgramPrintedKeepsItsLines() {
    ServiceState.Readiness printed = new ServiceState.Readiness.Broken("it exited:\nbye");

    assertThat(reason(candidate(false, LOOPBACK), printed, Samples.NOW))
        .isEqualTo("it exited:\nbye\nsrc/main.rs:12: it listens on loopback only");
  }
}
