package dev.slipway.release;

import static dev.slipway.release.Samples.HELLO;
import static dev.slipway.release.Samples.ID;
import static dev.slipway.release.Samples.NOW;
import static dev.slipway.release.Samples.OTHER;
import static dev.slipway.release.Samples.ROLLOUT;
import static dev.slipway.release.Samples.THIRD;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What one event does to the other releases of a service, and to the service. */
final class ChangeTest {

  private static final Instant LATER = NOW.plusSeconds(60);
  private static final Stage.Live LIVE = new Stage.Live(ROLLOUT, NOW);
  private static final Stage.Canary CANARY = new Stage.Canary(ROLLOUT, 0, 10, NOW);

  private static ServiceRecord service(
      Optional<ReleaseId> live, Optional<ReleaseId> previous, Optional<ReleaseId> slot) {
    return new ServiceRecord(HELLO, live, previous, slot, 7, Optional.of(ID), 42, List.of(), Optional.empty());
  }

  private static Change change(
      Stage stage, ServiceRecord service, ReleaseEvent event, Release... others) {
    Map<ReleaseId, Release> known = new java.util.HashMap<>();
    for (Release other : others) {
      known.put(other.id(), other);
    }
    return Change.of(Samples.release(stage), service, known, event, "alice", LATER);
  }

  private static Optional<ReleaseId> none() {
    return Optional.empty();
  }

  @Test
  void anEntryTellsWhoWhatWhenAndWhatBecameOfIt() {
    Change change = change(CANARY, service(none(), none(), none()), new ReleaseEvent.Paused("why"));

    Change.Entry entry = change.entries().getFirst();
    assertThat(change.entries()).hasSize(1);
    assertThat(entry.release()).isEqualTo(ID);
    assertThat(entry.sequence()).isEqualTo(6);
    assertThat(entry.at()).isEqualTo(LATER);
    assertThat(entry.actor()).isEqualTo("alice");
    assertThat(entry.event()).isEqualTo(new ReleaseEvent.Paused("why"));
    assertThat(entry.after().stage()).isInstanceOf(Stage.Paused.class);
    assertThat(change.service()).isEqualTo(service(none(), none(), none()));
  }

  @Test
  void aRolloutTakesTheSlotAndItsHolderIsSuperseded() {
    Change change =
        change(
            new Stage.Built(),
            service(Optional.of(THIRD), none(), Optional.of(OTHER)),
            new ReleaseEvent.RolloutStarted(
                new Rollout(ID.revision(), Optional.empty(), 8), List.of()),
            Samples.release(OTHER, CANARY));

    assertThat(stageOf(change, OTHER)).isEqualTo(new Stage.Superseded(ID));
    assertThat(change.service().slot()).contains(ID);
    assertThat(change.service().epoch()).isEqualTo(8);
    assertThat(change.service().live()).contains(THIRD);
  }

  @Test
  void aPromotionReplacesWhatWasLiveAndFreesTheSlot() {
    Change change =
        change(
            CANARY,
            service(Optional.of(OTHER), Optional.of(THIRD), Optional.of(ID)),
            new ReleaseEvent.Promoted(false, Duration.ZERO),
            Samples.release(OTHER, LIVE));

    assertThat(stageOf(change, OTHER)).isEqualTo(new Stage.Replaced(ID));
    assertThat(change.service())
        .isEqualTo(service(Optional.of(ID), Optional.of(OTHER), none()));
  }

  @Test
  void aRollbackOfWhatIsLiveRestoresWhatWasLiveBefore() {
    Change change =
        change(
            new Stage.RollingBack(ROLLOUT, "it fails"),
            service(Optional.of(ID), Optional.of(OTHER), Optional.of(ID)),
            new ReleaseEvent.RolledBack(OTHER.revision()),
            Samples.release(OTHER, new Stage.Replaced(ID)));

    assertThat(stageOf(change, OTHER))
        .isEqualTo(
            new Stage.Live(new Rollout(OTHER.revision(), Optional.empty(), 7), LATER));
    assertThat(change.service()).isEqualTo(service(Optional.of(OTHER), none(), none()));
  }

  @Test
  void aRollbackOfACandidateLeavesWhatIsLiveAlone() {
    ServiceRecord before = service(Optional.of(OTHER), Optional.of(THIRD), Optional.of(ID));

    Change change =
        change(
            new Stage.RollingBack(ROLLOUT, "it fails"),
            before,
            new ReleaseEvent.RolledBack(OTHER.revision()),
            Samples.release(OTHER, LIVE));

    assertThat(change.entries()).hasSize(1);
    assertThat(change.service())
        .isEqualTo(service(Optional.of(OTHER), Optional.of(THIRD), none()));
  }

  @Test
  void aRollbackOfWhatIsLiveCancelsTheRolloutUnderWay() {
    Change change =
        change(
            LIVE,
            service(Optional.of(ID), Optional.of(THIRD), Optional.of(OTHER)),
            new ReleaseEvent.RollbackStarted("it fails", 8),
            Samples.release(OTHER, CANARY));

    assertThat(stageOf(change, OTHER))
        .isEqualTo(new Stage.Cancelled(ID + " is rolled back instead"));
    assertThat(change.service().slot()).contains(ID);
    assertThat(change.service().epoch()).isEqualTo(8);
  }

  @Test
  void aReleaseIsNoConsequenceOfItself() {
    Change change =
        change(
            CANARY,
            service(none(), none(), Optional.of(ID)),
            new ReleaseEvent.RollbackStarted("it fails", 8));

    assertThat(change.entries()).hasSize(1);
  }

  @Test
  void aReleaseThatEndsWithoutTheSlotLeavesItToItsHolder() {
    ServiceRecord before = service(none(), none(), Optional.of(OTHER));

    Change change = change(new Stage.Built(), before, new ReleaseEvent.Cancelled("by hand"));

    assertThat(change.service()).isEqualTo(before);
  }

  @Test
  void aReleaseThatEndsFreesItsSlot() {
    Change change =
        change(
            new Stage.Candidate(ROLLOUT, NOW, false),
            service(none(), none(), Optional.of(ID)),
            new ReleaseEvent.Failed("not ready"));

    assertThat(change.service().slot()).isEmpty();
  }

  @Test
  void theNewestUploadIsTheOneOfTheHighestGenerationWheneverItArrives() {
    ServiceRecord unknown = ServiceRecord.unknown(HELLO);
    ReleaseEvent received =
        new ReleaseEvent.Received(Samples.SOURCE, Samples.CRATE, List.of());

    ServiceRecord first = Change.first(ID, unknown, received, "slipway", NOW).service();
    ServiceRecord late =
        Change.first(
                OTHER,
                first,
                new ReleaseEvent.Received(
                    new Source(
                        new Upload("uploads", "old.crate", 1),
                        "x",
                        1,
                        Samples.SOURCE.archive()),
                    Samples.CRATE,
                    List.of()),
                "slipway",
                LATER)
            .service();

    assertThat(first.newest()).contains(ID);
    assertThat(first.newestGeneration()).isEqualTo(Samples.UPLOAD.generation());
    assertThat(late.newest()).isEqualTo(first.newest());
    assertThat(late.newestGeneration()).isEqualTo(first.newestGeneration());
    assertThat(late.builds()).as("in the order they came").containsExactly(ID, OTHER);
  }

  @Test
  void aRefusedUploadIsNotTheNewest() {
    Change change =
        Change.first(
            ID,
            ServiceRecord.unknown(HELLO),
            new ReleaseEvent.Rejected(Samples.UPLOAD, 9, Samples.FINDINGS),
            "slipway",
            NOW);

    assertThat(change.service()).isEqualTo(ServiceRecord.unknown(HELLO));
  }

  @Test
  void onlyTheLatestSizesAreKept() {
    ServiceRecord service = ServiceRecord.unknown(HELLO);
    ReleaseEvent built = Samples.BUILT;
    Release release = Samples.release(new Stage.Built());

    for (int i = 0; i < ServiceRecord.SIZES_KEPT + 3; i++) {
      service = service.on(built, release, NOW.plusSeconds(i));
    }

    assertThat(service.sizes()).hasSize(ServiceRecord.SIZES_KEPT);
    assertThat(service.sizes().getFirst().at()).isEqualTo(NOW.plusSeconds(3));
    assertThat(service.sizes().getLast().at())
        .isEqualTo(NOW.plusSeconds(ServiceRecord.SIZES_KEPT + 2));
    assertThat(service.sizes().getLast().compressedBytes()).isEqualTo(1_500_000);
  }

  private static Stage stageOf(Change change, ReleaseId id) {
    return change.entries().stream()
        .filter(entry -> entry.release().equals(id))
        .map(entry -> entry.after().stage())
        .findFirst()
        .orElseThrow();
  }
}
