package dev.slipway.cli.simulate;

import dev.slipway.pipeline.Promotions;
import dev.slipway.release.Crate;
import dev.slipway.release.Image;
import dev.slipway.release.Promotion;
import dev.slipway.release.PromotionDecision;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Rollout;
import dev.slipway.release.Source;
import dev.slipway.release.StoredObject;
import dev.slipway.release.Upload;
import dev.slipway.source.Inspection;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The environment before this one, from which releases are promoted. */
final class Staging {

  private final Map<ReleaseId, Release> live = new LinkedHashMap<>();
  private final Boundary boundary;
  private final Clock clock;

  Staging(Boundary boundary, Clock clock) {
    this.boundary = boundary;
    this.clock = clock;
  }

  Promotions.Upstream upstream() {
    return new Promotions.Upstream(
        new PromotionDecision.Before("staging", "registry/staging", Optional.empty()),
        id -> Optional.ofNullable(live.get(id)),
        source ->
            boundary.effect(
                "keep archive", () -> new StoredObject("sources", source.sha256(), 1)));
  }

  /** What somebody asks for whose upload names a release there. */
  Inspection asked(String release) {
    ReleaseId id = ReleaseId.parse(release);
    String digest = live.containsKey(id) ? digest(id) : "sha256:" + "0".repeat(64);
    return new Inspection.Asked(
        new Promotion("staging", id, digest, Optional.empty(), Optional.empty()), 100);
  }

  private static String digest(ReleaseId id) {
    return "sha256:" + id.key().repeat(6).substring(0, 64);
  }

  /** A release comes to be live there. */
  ReleaseId release(Crate crate, String content) {
    Upload there = new Upload("staging-uploads", "hello-" + content + ".crate", 1);
    ReleaseId id = ReleaseId.of(crate.service(), there);
    Source source = new Source(there, content, 100, new StoredObject("staging", content, 1));
    Image image = new Image("registry/staging/hello", digest(id), 1000, 2000, List.of());
    Release release =
        Release.begin(id, new ReleaseEvent.Received(source, crate, List.of()), clock.instant());
    List<ReleaseEvent> way =
        List.of(
            new ReleaseEvent.BuildSubmitted("b", 1),
            new ReleaseEvent.BuildSucceeded(
                "b", image, Optional.empty(), Optional.empty(), Optional.empty()),
            new ReleaseEvent.RolloutStarted(
                new Rollout(id.revision(), Optional.empty(), 1), List.of()),
            new ReleaseEvent.SmokePassed(1, 1),
            new ReleaseEvent.Promoted(true, Duration.ZERO));
    for (ReleaseEvent event : way) {
      release = release.on(event, clock.instant());
    }
    live.put(id, release);
    return id;
  }
}
