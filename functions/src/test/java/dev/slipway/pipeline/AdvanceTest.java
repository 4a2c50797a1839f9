package dev.slipway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.View;
import dev.slipway.release.Change;
import dev.slipway.release.Deployment;
import dev.slipway.release.Policy;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Samples;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.ServiceState;
import dev.slipway.release.Stage;
import dev.slipway.release.Traffic;
import dev.slipway.rollout.Services;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AdvanceTest {

  /** More than any release has steps. */
  private static final int LOOKS = 250;

  private final Clock clock = Clock.fixed(Samples.NOW, ZoneOffset.UTC);
  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void aCandidateThatStartsSlowlyIsWaitedForAndThenLeftToTheNextTrigger() {
    Release slow =
        Samples.release(new Stage.Candidate(Samples.ROLLOUT, Samples.NOW, false))
            .on(new ReleaseEvent.JobSucceeded(), Samples.NOW);

    advance(slow).advance(slow.id());

    assertThat(pauses).hasSize(LOOKS);
  }

  /** One that looks at a service whose candidate has not come up yet, and can do nothing else. */
  @SuppressWarnings("NullAway") // nothing else is there
  private Advance advance(Release release) {
    return new Advance(
        new Journal(new Still(view(release)), moved -> {}, clock),
        new Observer(null, region -> new Starting(), null, null),
        new Performer(null, null),
        new Advance.Context(
            Policy.DEFAULT, clock, new Patience(Duration.ofMillis(40), LOOKS, pauses::add)));
  }

  private static View view(Release release) {
    ServiceRecord service =
        new ServiceRecord(
            Samples.HELLO,
            Optional.empty(),
            Optional.empty(),
            Optional.of(release.id()),
            Samples.ROLLOUT.epoch(),
            Optional.empty(),
            0,
            List.of(),
            Optional.empty());
    return new View(release.id(), Optional.of(release), service, Map.of(), "stamp");
  }

  private record Still(View now) implements Ledger {
    @Override
    public View view(ReleaseId id) {
      return now;
    }

    @Override
    public boolean commit(View basis, Change change) {
      throw new AssertionError("nothing happened");
    }
  }

  private static final class Starting implements Services {
    @Override
    public Optional<ServiceState> read(ServiceName service, String revision) {
      return Optional.of(
          new ServiceState(
              service.value(),
              "https://hello",
              "etag",
              false,
              List.of(),
              List.of(),
              Samples.ROLLOUT.epoch(),
              Optional.of(
                  new ServiceState.Revision(revision, new ServiceState.Readiness.Starting()))));
    }

    @Override
    public void deploy(Optional<ServiceState> basis, Deployment deployment) {
      throw new AssertionError("it stands already");
    }

    @Override
    public void shift(ServiceState basis, Traffic traffic) {
      throw new AssertionError("it is not ready for traffic");
    }
  }
}
