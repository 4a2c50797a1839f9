package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every stage against every event. */
final class TransitionsTest {

  /** By stage, the events that can happen in it and the stage each leads to; no other can. */
  private static final String TABLE =
      """
      received: BuildEnqueued=build-queued, BuildSubmitted=building, ImageCopied=built, FoundUnchanged=unchanged, Rejected=rejected, ENDED
      build-queued: BuildEnqueued=build-queued, BuildSubmitted=building, FoundUnchanged=unchanged, Rejected=rejected, ENDED
      building: BuildSucceeded=built, BuildFailed=build-failed, BuildLost=build-lost, ENDED
      build-lost: BuildSubmitted=building, FoundUnchanged=unchanged, Rejected=rejected, ENDED
      built: WANTING
      queued: WANTING
      held: WANTING, Overridden=held
      awaiting-approval: WANTING, Approved=awaiting-approval
      candidate: JobSucceeded=candidate, SmokePassed=candidate, RollbackStarted=rolling-back, ENDED
      candidate, smoked: SmokePassed=candidate, StepReached(0)=canary, PROMOTED, Hastened=candidate, RollbackStarted=rolling-back, ENDED
      canary: StepReached(1)=canary, PROMOTED, Hastened=canary, Paused=paused, RollbackStarted=rolling-back, ENDED
      paused: Resumed=canary, PROMOTED, Hastened=canary, RollbackStarted=rolling-back, ENDED
      rolling-back: RolledBack=rolled-back, Failed=failed, Cancelled=cancelled, RollbackRefused=live
      watching: RollbackStarted=rolling-back, WatchEnded=live, Replaced=replaced
      live: RollbackStarted=rolling-back, Replaced=replaced
      replaced: Restored=live
      rejected:
      build-failed:
      unchanged:
      rolled-back:
      failed:
      cancelled:
      superseded:
      """
          .replace(
              "WANTING",
              "Rejected=rejected, FoundUnchanged=unchanged, Enqueued=queued, Held=held,"
                  + " ApprovalRequested=awaiting-approval, RolloutStarted=candidate, ENDED")
          .replace("PROMOTED", "Promoted=watching, Promoted(unwatched)=live")
          .replace("ENDED", "Failed=failed, Cancelled=cancelled, Superseded=superseded");

  private static final Instant LATER = Samples.NOW.plus(Duration.ofHours(1));

  @Test
  void everyEventInEveryStageLeadsWhereTheTableSays() {
    Map<String, Map<String, String>> actual = new TreeMap<>();

    Samples.stages()
        .forEach(
            (name, stage) -> {
              Map<String, String> row = new TreeMap<>();
              Samples.events()
                  .forEach(
                      (event, value) -> {
                        String next = next(Samples.release(stage), value);
                        if (!next.isEmpty()) {
                          row.put(event, next);
                        }
                      });
              actual.put(name, row);
            });

    assertThat(actual).isEqualTo(table());
  }

  /** The label of the next stage, or nothing where the event cannot happen. */
  private static String next(Release release, ReleaseEvent event) {
    try {
      Release after = release.on(event, LATER);
      assertThat(after.sequence()).isEqualTo(release.sequence() + 1);
      assertThat(after.since()).isEqualTo(LATER);
      assertThat(after.history().getLast().stage()).isEqualTo(after.stage().label());
      return after.stage().label();
    } catch (IllegalTransitionException e) {
      assertThat(e)
          .hasMessageContaining(release.id().toString())
          .hasMessageContaining(release.stage().label())
          .hasMessageContaining(event.toString());
      return "";
    }
  }

  private static Map<String, Map<String, String>> table() {
    Map<String, Map<String, String>> table = new HashMap<>();
    for (String line : TABLE.lines().toList()) {
      String[] row = line.split(":", 2);
      String label = row[0].split(",", 2)[0];
      Map<String, String> events = new HashMap<>();
      for (String cell : row[1].isBlank() ? new String[0] : row[1].strip().split(", ", -1)) {
        events.put(cell.substring(0, cell.indexOf('=')), cell.substring(cell.indexOf('=') + 1));
      }
      // What is said of a service can be said in any stage; a retry of whatever is settled.
      events.put("HoldPlaced", label);
      events.put("HoldLifted", label);
      events.put("CommandRefused", label);
      if (Samples.stages().get(row[0]) instanceof Stage.Settled) {
        events.put("Retried", label);
      }
      table.put(row[0], events);
    }
    return table;
  }

  @Test
  void noStageAndNoEventIsMissingFromTheTable() {
    assertThat(Samples.stages().values().stream().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(Samples.records(Stage.class).collect(Collectors.toSet()));
    assertThat(Samples.events().values().stream().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(Samples.records(ReleaseEvent.class).collect(Collectors.toSet()));
  }

  @Test
  void everyStageIsEitherActiveOrSettled() {
    assertThat(Samples.stages().values())
        .allSatisfy(s -> assertThat(s instanceof Stage.Active).isNotEqualTo(s instanceof Stage.Settled));
  }

  @Test
  void aStagesLabelIsItsNameInLowerCaseWithHyphens() {
    Samples.stages()
        .forEach((name, stage) -> assertThat(name.split(",", 2)[0]).isEqualTo(stage.label()));
    assertThat(new Stage.RollingBack(Samples.ROLLOUT, "").label()).isEqualTo("rolling-back");
  }

  @Test
  void aReleaseBeginsReceivedOrRejectedAndNoOtherWay() {
    Samples.events()
        .forEach(
            (name, event) -> {
              if (event instanceof ReleaseEvent.Received || event instanceof ReleaseEvent.Rejected || event instanceof ReleaseEvent.TriedAgain || event instanceof ReleaseEvent.PromotionReceived) {
                Release begun = Release.begin(Samples.ID, event, LATER);
                assertThat(begun.sequence()).isEqualTo(1);
                assertThat(begun.upload()).isEqualTo(Samples.UPLOAD);
                assertThat(begun.stage().label())
                    .isEqualToIgnoringCase(
                        switch (name) {
                          case "TriedAgain" -> "built";
                          case "PromotionReceived" -> "received";
                          default -> name;
                        });
                assertThat(begun.isActive()).isEqualTo(!(begun.stage() instanceof Stage.Rejected));
              } else {
                assertThatThrownBy(() -> Release.begin(Samples.ID, event, LATER))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name.replaceAll("\\(.*", ""));
              }
            });
  }

  @Test
  void aPauseKeepsItsStepAndResumingHoldsItAnew() {
    Release paused =
        Samples.release(new Stage.Canary(Samples.ROLLOUT, 1, 50, Samples.NOW))
            .on(new ReleaseEvent.Paused("by hand"), Samples.NOW);

    Release resumed = paused.on(new ReleaseEvent.Resumed(), LATER);

    assertThat(paused.stage()).isEqualTo(new Stage.Paused(Samples.ROLLOUT, 1, 50, "by hand"));
    assertThat(resumed.stage()).isEqualTo(new Stage.Canary(Samples.ROLLOUT, 1, 50, LATER));
  }

  @Test
  void aStepIsNeitherRepeatedNorSkipped() {
    Release canary = Samples.release(new Stage.Canary(Samples.ROLLOUT, 1, 50, Samples.NOW));

    for (int step : new int[] {0, 1, 3}) {
      assertThatThrownBy(() -> canary.on(new ReleaseEvent.StepReached(step, 75), LATER))
          .isInstanceOf(IllegalTransitionException.class);
    }
    assertThat(canary.on(new ReleaseEvent.StepReached(2, 75), LATER).stage())
        .isEqualTo(new Stage.Canary(Samples.ROLLOUT, 2, 75, LATER));
  }

  @Test
  void aRollbackTakesAnEpochOfItsOwnAndKeepsTheReason() {
    Release rolling =
        Samples.release(new Stage.Live(Samples.ROLLOUT, Samples.NOW))
            .on(new ReleaseEvent.RollbackStarted("it fails", 8), LATER);

    Release done = rolling.on(new ReleaseEvent.RolledBack(Samples.OTHER.revision()), LATER);

    Rollout fenced = new Rollout(Samples.ROLLOUT.revision(), Samples.ROLLOUT.baseline(), 8);
    assertThat(rolling.stage()).isEqualTo(new Stage.RollingBack(fenced, "it fails"));
    assertThat(done.stage())
        .isEqualTo(new Stage.RolledBack("it fails", Samples.OTHER.revision()));
  }

  @Test
  void onlyABuildsEndChangesWhatIsKnownOfTheImage() {
    Release building =
        Release.begin(
                Samples.ID,
                new ReleaseEvent.Received(Samples.SOURCE, Samples.CRATE, java.util.List.of()),
                Samples.NOW)
            .on(new ReleaseEvent.BuildSubmitted("b-1", 1), Samples.NOW);

    Release built = building.on(Samples.BUILT, LATER);

    assertThat(building.image()).isEmpty();
    assertThat(built.image()).contains(Samples.IMAGE);
    assertThat(built.report()).contains(Samples.REPORT);
    assertThat(built.source()).contains(Samples.SOURCE);
  }
}
