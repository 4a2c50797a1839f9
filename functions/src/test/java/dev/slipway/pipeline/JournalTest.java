package dev.slipway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.View;
import dev.slipway.release.Change;
import dev.slipway.release.IllegalTransitionException;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Samples;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.Stage;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JournalTest {

  private static final ReleaseEvent ROLLED_BACK =
      new ReleaseEvent.RolledBack(Samples.OTHER.revision());

  /** A ledger that a rival has brought to {@code now}. */
  private record Moved(View now) implements Ledger {
    @Override
    public View view(ReleaseId id) {
      return now;
    }

    @Override
    public boolean commit(View basis, Change change) {
      throw new AssertionError("nothing can be written");
    }
  }

  @Test
  void aReadingThatARivalsCommitFellIntoIsALostRace() {
    Release rolling = Samples.release(new Stage.RollingBack(Samples.ROLLOUT, "it fails"));
    Release restored =
        Samples.release(Samples.OTHER, new Stage.Live(Samples.ROLLOUT, Samples.NOW));
    View torn = view(rolling, Optional.of(Samples.ID), restored);
    View now = view(rolling.on(ROLLED_BACK, Samples.NOW), Optional.of(Samples.OTHER), restored);

    assertThat(journal(now).append(torn, ROLLED_BACK, "slipway")).isFalse();
  }

  @Test
  void anEventThatCannotHappenIsAnErrorWhereNothingMoved() {
    Release live = Samples.release(new Stage.Live(Samples.ROLLOUT, Samples.NOW));
    View view = view(live, Optional.of(Samples.ID), live);

    assertThatThrownBy(
            () -> journal(view).append(view, new ReleaseEvent.JobSucceeded(), "slipway"))
        .isInstanceOf(IllegalTransitionException.class);
  }

  private static Journal journal(View now) {
    return new Journal(
        new Moved(now), release -> {}, Clock.fixed(Samples.NOW, ZoneOffset.UTC));
  }

  private static View view(Release release, Optional<ReleaseId> live, Release other) {
    ServiceRecord service =
        new ServiceRecord(
            Samples.HELLO,
            live,
            Optional.of(Samples.OTHER),
            Optional.empty(),
            7,
            Optional.empty(),
            0,
            List.of(),
            Optional.empty());
    return new View(
        release.id(), Optional.of(release), service, Map.of(other.id(), other), "stamp");
  }
}
