package dev.slipway.notify;

import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.Samples;
import dev.slipway.release.ServiceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Releases as they go, event by event. */
final class Stories {

  static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  /** A second release that goes all the way. */
  static final List<ReleaseEvent> LIVE =
      List.of(
          new ReleaseEvent.Received(Samples.SOURCE, Samples.CRATE, List.of()),
          new ReleaseEvent.BuildSubmitted("b-1", 1),
          Samples.BUILT,
          new ReleaseEvent.RolloutStarted(Samples.ROLLOUT, List.of()),
          new ReleaseEvent.SmokePassed(3, 12),
          new ReleaseEvent.StepReached(0, 10),
          new ReleaseEvent.Promoted(false, Duration.ZERO));

  /** One that is taken back at 10%. */
  static final List<ReleaseEvent> BACK =
      List.of(
          LIVE.get(0),
          LIVE.get(1),
          LIVE.get(2),
          LIVE.get(3),
          LIVE.get(4),
          LIVE.get(5),
          new ReleaseEvent.RollbackStarted("too slow (ana)", 8),
          new ReleaseEvent.RolledBack(Samples.OTHER.revision()));

  private Stories() {}

  /** The first events of a release, a minute apart, each by {@code slipway}. */
  static Story of(List<ReleaseEvent> all, int events) {
    return of(all, events, "slipway");
  }

  /** The same, the last of them by somebody. */
  static Story of(List<ReleaseEvent> all, int events, String lastActor) {
    Release release = Release.begin(Samples.ID, all.getFirst(), START);
    List<Story.Event> told = new ArrayList<>();
    for (int i = 1; i <= events; i++) {
      Instant at = START.plusSeconds(60L * (i - 1));
      if (i > 1) {
        release = release.on(all.get(i - 1), at);
      }
      told.add(
          new Story.Event(i, at, i == events ? lastActor : "slipway", all.get(i - 1)));
    }
    return new Story(release, ServiceRecord.unknown(Samples.HELLO), told);
  }
}
