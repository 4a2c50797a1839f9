package dev.slipway.release;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One value of every kind, for tests that must leave none out. */
public final class Samples {

  public static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");
  public static final ServiceName HELLO = new ServiceName("hello");
  public static final Upload UPLOAD = new Upload("uploads", "hello-1.0.0.crate", 1767225600123456L);
  public static final ReleaseId ID = ReleaseId.of(HELLO, UPLOAD);
  public static final ReleaseId OTHER = ReleaseId.parse("hello-0123456789ab");
  public static final ReleaseId THIRD = ReleaseId.parse("hello-ba9876543210");

  public static final Rollout ROLLOUT =
      new Rollout(ID.revision(), Optional.of(OTHER.revision()), 7);

  public static final Source SOURCE =
      new Source(UPLOAD, "ab".repeat(32), 4321, new StoredObject("sources", "sources/x", 2));

  public static final Crate CRATE =
      new Crate(
          HELLO,
          "hello",
          "1.0.0",
          "2021",
          Optional.of("1.70"),
          Optional.empty(),
          "hello",
          Optional.of(new Crate.Commit("c0".repeat(20), true, "")),
          3,
          "d1".repeat(32),
          List.of("openssl-sys"),
          new CrateSettings(
              Optional.of("hello"),
              Optional.empty(),
              Optional.of("/health"),
              Optional.of(RuntimeBase.STATIC),
              CrateSettings.Profile.SIZE,
              List.of("tls"),
              false,
              true,
              List.of("migrate")));

  public static final Image IMAGE =
      new Image(
          "host/project/images/hello",
          "sha256:" + "ef".repeat(32),
          1_500_000,
          2_100_000,
          List.of(new Image.Layer("sha256:" + "01".repeat(32), 900_000, 2_100_000)));

  public static final BuildReport REPORT =
      new BuildReport(
          401_952,
          List.of("libc.so.6"),
          Optional.of("2.34"),
          "rustc 1.95.0",
          true,
          Duration.ofMillis(1234),
          Optional.of(
              new TrialRun(List.of("0.0.0.0:8080"), true, Optional.of(0), Optional.of(12L))));

  public static final Origin ORIGIN =
      new Origin(
          "staging",
          ID,
          IMAGE,
          Optional.of(REPORT),
          NOW,
          Optional.of("https://staging.example/releases/" + ID),
          Optional.of("ana"),
          Optional.of("it is good"));

  public static final List<Finding> FINDINGS =
      List.of(
          Finding.of("too-large", "It is too large."),
          Finding.at("path-traversal", "../../etc/passwd", "It leaves the archive."));

  public static final BuildCost COST =
      new BuildCost(Optional.of("e2-highcpu-8"), Duration.ofSeconds(90), Optional.of(24_000L));

  public static final Contents CONTENTS =
      new Contents(
          Optional.of(
              new Changes(
                  OTHER,
                  List.of("edition 2021 -> 2024"),
                  new Changes.Packages(1, 0, 0, 0),
                  List.of("a 1.0.0 -> 1.0.1"))),
          Optional.of(new Contents.Growth(OTHER, 1_400_000, 1_500_000)),
          Optional.of(new StoredObject("sources", "sboms/ef.cdx.json", 7)),
          Optional.of(
              new AdvisoryReport(
                  "gs://db/osv.zip#1",
                  List.of(
                      new Advisory("X-1", "a", "1.0.1", Optional.empty(), "high", false, true)),
                  0)),
          List.of(Finding.of("sbom", "It could not be had.")));

  public static final ReleaseEvent BUILT =
      new ReleaseEvent.BuildSucceeded(
          "b-1", IMAGE, Optional.of(REPORT), Optional.of(CONTENTS), Optional.of(COST));

  /** Every stage, by what tells it from the others. */
  public static Map<String, Stage> stages() {
    return Map.ofEntries(
        Map.entry("received", new Stage.Received()),
        Map.entry("build-queued", new Stage.BuildQueued(OTHER)),
        Map.entry("building", new Stage.Building("b-1", 1)),
        Map.entry("build-lost", new Stage.BuildLost("b-1", 1, "the machine died")),
        Map.entry("built", new Stage.Built()),
        Map.entry("queued", new Stage.Queued(OTHER)),
        Map.entry("held", new Stage.Held("traffic is split by hand")),
        Map.entry(
            "awaiting-approval",
            new Stage.AwaitingApproval(List.of("ana", "ben"), 2, NOW.plusSeconds(60))),
        Map.entry("candidate", new Stage.Candidate(ROLLOUT, NOW, false)),
        Map.entry("candidate, smoked", new Stage.Candidate(ROLLOUT, NOW, true)),
        Map.entry("canary", new Stage.Canary(ROLLOUT, 0, 10, NOW)),
        Map.entry("paused", new Stage.Paused(ROLLOUT, 0, 10, "by hand")),
        Map.entry("rolling-back", new Stage.RollingBack(ROLLOUT, "it fails")),
        Map.entry("watching", new Stage.Watching(ROLLOUT, NOW, NOW.plusSeconds(600))),
        Map.entry("live", new Stage.Live(ROLLOUT, NOW)),
        Map.entry("rejected", new Stage.Rejected(FINDINGS)),
        Map.entry("build-failed", new Stage.BuildFailed("cargo failed", "error[E0308]")),
        Map.entry("unchanged", new Stage.Unchanged(OTHER)),
        Map.entry("rolled-back", new Stage.RolledBack("it fails", OTHER.revision())),
        Map.entry("failed", new Stage.Failed("nothing to go back to")),
        Map.entry("cancelled", new Stage.Cancelled("by hand")),
        Map.entry("superseded", new Stage.Superseded(OTHER)),
        Map.entry("replaced", new Stage.Replaced(OTHER)));
  }

  /** Every event; one whose effect depends on what it says, in each of its ways. */
  public static Map<String, ReleaseEvent> events() {
    return Map.ofEntries(
        Map.entry("Received", new ReleaseEvent.Received(SOURCE, CRATE, FINDINGS)),
        Map.entry("Rejected", new ReleaseEvent.Rejected(UPLOAD, 99, FINDINGS)),
        Map.entry("BuildEnqueued", new ReleaseEvent.BuildEnqueued(OTHER)),
        Map.entry("BuildSubmitted", new ReleaseEvent.BuildSubmitted("b-2", 2)),
        Map.entry("BuildSucceeded", BUILT),
        Map.entry(
            "BuildFailed",
            new ReleaseEvent.BuildFailed("cargo failed", "error[E0308]", Optional.of(COST))),
        Map.entry("BuildLost", new ReleaseEvent.BuildLost("the machine died")),
        Map.entry("FoundUnchanged", new ReleaseEvent.FoundUnchanged(OTHER)),
        Map.entry("Enqueued", new ReleaseEvent.Enqueued(OTHER)),
        Map.entry("Held", new ReleaseEvent.Held("traffic is split by hand")),
        Map.entry(
            "ApprovalRequested",
            new ReleaseEvent.ApprovalRequested(List.of("ana", "ben"), 2, NOW.plusSeconds(60))),
        Map.entry("Approved", new ReleaseEvent.Approved("ana", "looks good")),
        Map.entry("Overridden", new ReleaseEvent.Overridden("ana", "the shop is down")),
        Map.entry("HoldPlaced", new ReleaseEvent.HoldPlaced("ana", "an audit")),
        Map.entry("HoldLifted", new ReleaseEvent.HoldLifted("ana", "it is over")),
        Map.entry(
            "CommandRefused",
            new ReleaseEvent.CommandRefused(Command.Kind.ROLLBACK, "ana", "no reason was given")),
        Map.entry("Retried", new ReleaseEvent.Retried(THIRD)),
        Map.entry(
            "TriedAgain",
            new ReleaseEvent.TriedAgain(
                OTHER, 2, SOURCE, CRATE, FINDINGS, Optional.of((ReleaseEvent.BuildSucceeded) BUILT), Optional.empty())),
        Map.entry("PromotionReceived", new ReleaseEvent.PromotionReceived(ORIGIN, SOURCE, CRATE)),
        Map.entry(
            "ImageCopied",
            new ReleaseEvent.ImageCopied(IMAGE, Optional.of(REPORT), Optional.of(CONTENTS))),
        Map.entry("Hastened", new ReleaseEvent.Hastened(Haste.ALL, "asked by ana")),
        Map.entry("RolloutStarted", new ReleaseEvent.RolloutStarted(ROLLOUT, FINDINGS)),
        Map.entry("JobSucceeded", new ReleaseEvent.JobSucceeded()),
        Map.entry("SmokePassed", new ReleaseEvent.SmokePassed(3, 12, FINDINGS)),
        Map.entry("StepReached(0)", new ReleaseEvent.StepReached(0, 10)),
        Map.entry("StepReached(1)", new ReleaseEvent.StepReached(1, 50)),
        Map.entry("Paused", new ReleaseEvent.Paused("by hand")),
        Map.entry("Resumed", new ReleaseEvent.Resumed()),
        Map.entry("Promoted", new ReleaseEvent.Promoted(false, Duration.ofMinutes(10))),
        Map.entry("Promoted(unwatched)", new ReleaseEvent.Promoted(true, Duration.ZERO)),
        Map.entry(
            "RegionServed", new ReleaseEvent.RegionServed("europe-west1", Optional.empty())),
        Map.entry(
            "RegionEntered",
            new ReleaseEvent.RegionEntered("us-central1", Optional.of(OTHER.revision()), 7)),
        Map.entry(
            "RegionRestored",
            new ReleaseEvent.RegionRestored("us-central1", Optional.of(OTHER.revision()), "")),
        Map.entry("WatchEnded", new ReleaseEvent.WatchEnded()),
        Map.entry("RollbackRefused", new ReleaseEvent.RollbackRefused("its image is gone")),
        Map.entry("RollbackStarted", new ReleaseEvent.RollbackStarted("it fails", 8)),
        Map.entry("RolledBack", new ReleaseEvent.RolledBack(OTHER.revision())),
        Map.entry("Failed", new ReleaseEvent.Failed("nothing to go back to")),
        Map.entry("Cancelled", new ReleaseEvent.Cancelled("by hand")),
        Map.entry("Superseded", new ReleaseEvent.Superseded(OTHER)),
        Map.entry("Replaced", new ReleaseEvent.Replaced(OTHER)),
        Map.entry("Restored", new ReleaseEvent.Restored(OTHER, ROLLOUT)));
  }

  private Samples() {}

  /** A release in a stage, with all it can have. */
  public static Release release(ReleaseId id, Stage stage) {
    return new Release(
        id,
        5,
        stage,
        UPLOAD,
        Optional.of(SOURCE),
        Optional.of(CRATE),
        Optional.of(IMAGE),
        Optional.of(REPORT),
        Optional.of(CONTENTS),
        Optional.of(COST),
        FINDINGS,
        List.of(new Release.Entered("received", NOW), new Release.Entered(stage.label(), NOW)), Journey.NONE);
  }

  public static Release release(Stage stage) {
    return release(ID, stage);
  }

  /** The same, its image run once in its build. */
  static Release tried(Stage stage, TrialRun run) {
    Release release = release(ID, stage);
    return new Release(
        release.id(),
        release.sequence(),
        stage,
        release.upload(),
        release.source(),
        release.crate(),
        release.image(),
        Optional.of(
            new BuildReport(
                REPORT.binaryBytes(),
                REPORT.needed(),
                REPORT.glibc(),
                REPORT.toolchain(),
                REPORT.cacheHit(),
                REPORT.cargo(),
                Optional.of(run))),
        release.contents(),
        release.cost(),
        release.warnings(),
        release.history(),
        release.journey());
  }

  /** Every record a sealed interface permits, at any depth. */
  public static Stream<Class<?>> records(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Samples::records).distinct()
        : Stream.of(type);
  }

  /** A crate of that name and version that says nothing else. */
  public static Crate crate(ServiceName service, String version) {
    return crate(service, version, "2021", CrateSettings.DEFAULT);
  }

  static Crate crate(
      ServiceName service, String version, String edition, CrateSettings settings) {
    return new Crate(
        service,
        service.value(),
        version,
        edition,
        Optional.empty(),
        Optional.empty(),
        service.value(),
        Optional.empty(),
        1,
        "",
        List.of(),
        settings);
  }
}
