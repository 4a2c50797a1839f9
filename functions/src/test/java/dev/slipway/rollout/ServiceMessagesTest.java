package dev.slipway.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.cloud.run.v2.TrafficTargetStatus;
import dev.slipway.release.Deployment;
import dev.slipway.release.Samples;
import dev.slipway.release.ServiceState;
import dev.slipway.release.ServiceState.Readiness;
import dev.slipway.release.Traffic;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What Slipway makes of Cloud Run's messages, and of its own wishes for Cloud Run. */
final class ServiceMessagesTest {

  private static final TrafficTargetAllocationType REVISION =
      TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION;
  private static final TrafficTargetAllocationType LATEST =
      TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST;
  private static final String NAME = "projects/acme/locations/europe-west1/services/hello";
  private static final Deployment DEPLOYMENT =
      new Deployment(
          Samples.ID, "host/hello@sha256:1", 8, List.of(new Traffic.Share("hello-old", 100)));

  private static TrafficTarget target(String revision, int percent, String tag) {
    return TrafficTarget.newBuilder()
        .setType(REVISION)
        .setRevision(revision)
        .setPercent(percent)
        .setTag(tag)
        .build();
  }

  private static TrafficTargetStatus status(String revision, int percent, String tag) {
    return TrafficTargetStatus.newBuilder()
        .setType(REVISION)
        .setRevision(revision)
        .setPercent(percent)
        .setTag(tag)
        .setUri(tag.isEmpty() ? "" : "https://" + tag + "---hello.example")
        .build();
  }

  /** A service people have set up: two containers, a variable, a tag of their own. */
  private static Service peoples() {
    return Service.newBuilder()
        .setName(NAME)
        .setUri("https://hello.example")
        .setEtag("\"etag-1\"")
        .setGeneration(4)
        .setObservedGeneration(4)
        .putLabels("team", "web")
        .putAnnotations("note", "kept")
        .putAnnotations(ServiceReading.EPOCH, "7")
        .setTemplate(
            RevisionTemplate.newBuilder()
                .setRevision("hello-old")
                .setServiceAccount("runner@acme")
                .addContainers(
                    Container.newBuilder()
                        .setImage("host/hello@sha256:0")
                        .addEnv(EnvVar.newBuilder().setName("MODE").setValue("fast")))
                .addContainers(Container.newBuilder().setName("proxy").setImage("host/proxy")))
        .addTraffic(target("hello-beta", 0, "beta"))
        .addTraffic(target("hello-old", 100, ""))
        .addTrafficStatuses(status("hello-beta", 0, "beta"))
        .addTrafficStatuses(status("hello-old", 100, ""))
        .build();
  }

  @Test
  void aDeploymentTouchesTheImageTheRevisionTheTrafficAndTheEpochOnly() {
    Service edited = ServiceEdit.deploy(peoples(), DEPLOYMENT);

    Service.Builder expected = peoples().toBuilder();
    expected.getTemplateBuilder().setRevision(Samples.ID.revision());
    expected.getTemplateBuilder().getContainersBuilder(0).setImage("host/hello@sha256:1");
    expected
        .putAnnotations(ServiceReading.EPOCH, "8")
        .clearTraffic()
        .addTraffic(target("hello-old", 100, ""))
        .addTraffic(target(Samples.ID.revision(), 0, "candidate"))
        .addTraffic(target("hello-beta", 0, "beta"));
    assertThat(edited).isEqualTo(expected.build());
  }

  @Test
  void aServiceIsMadeWithItsFirstRevisionServingAndTagged() {
    Service made = ServiceEdit.first(DEPLOYMENT, Optional.of("runner@acme"));

    assertThat(made.getTrafficList())
        .containsExactly(target(Samples.ID.revision(), 100, "candidate"));
    assertThat(made.getTemplate().getRevision()).isEqualTo(Samples.ID.revision());
    assertThat(made.getTemplate().getServiceAccount()).isEqualTo("runner@acme");
    assertThat(made.getTemplate().getContainers(0).getImage()).isEqualTo("host/hello@sha256:1");
    assertThat(ServiceReading.epoch(made)).isEqualTo(8);
    assertThat(made.getLabelsMap()).containsEntry("managed-by", "slipway");
  }

  @Test
  void aDeploymentWithoutAnythingServingTakesAllTheTraffic() {
    Deployment alone = new Deployment(Samples.ID, "host/hello@sha256:1", 8, List.of());

    Service edited = ServiceEdit.deploy(Service.newBuilder().setName(NAME).build(), alone);

    assertThat(edited.getTrafficList())
        .containsExactly(target(Samples.ID.revision(), 100, "candidate"));
    assertThat(edited.getTemplate().getContainers(0).getImage()).isEqualTo("host/hello@sha256:1");
  }

  @Test
  void fault32_aShiftDropsStaleEntriesAndKeepsPeoplesTagsWithoutAShare() {
    Service split =
        peoples().toBuilder()
            .clearTraffic()
            .addTraffic(target("hello-beta", 20, "beta"))
            .addTraffic(target("hello-old", 80, "candidate"))
            .build();

    Service edited = ServiceEdit.shift(split, Traffic.canary("hello-old", "hello-new", 10, 9));

    assertThat(edited.getTrafficList())
        .containsExactly(
            target("hello-old", 90, ""),
            target("hello-new", 10, "candidate"),
            target("hello-beta", 0, "beta"));
    assertThat(ServiceReading.epoch(edited)).isEqualTo(9);
    assertThat(edited.getTemplate()).isEqualTo(split.getTemplate());
  }

  @Test
  void atTheEndTheCandidatesTagIsGone() {
    Service edited = ServiceEdit.shift(peoples(), Traffic.all("hello-new", 9));

    assertThat(edited.getTrafficList())
        .containsExactly(target("hello-new", 100, ""), target("hello-beta", 0, "beta"));
  }

  @Test
  void whatServesAloneIsTheBaselineAndNeverMerelyTheFirstEntry() {
    ServiceState state = ServiceReading.of(peoples(), Optional.empty());

    assertThat(state.serving().getFirst().revision()).isEqualTo("hello-beta");
    assertThat(state.baseline()).contains("hello-old");
    assertThat(state.epoch()).isEqualTo(7);
    assertThat(state.etag()).isEqualTo("\"etag-1\"");
    assertThat(state.name()).isEqualTo("hello");
    assertThat(state.settled()).isTrue();
  }

  @Test
  void aSplitHasNoBaseline() {
    Service split =
        peoples().toBuilder()
            .clearTrafficStatuses()
            .addTrafficStatuses(status("hello-old", 50, ""))
            .addTrafficStatuses(status("hello-new", 50, ""))
            .build();

    assertThat(ServiceReading.of(split, Optional.empty()).baseline()).isEmpty();
  }

  @Test
  void aTagsUrlIsFoundByItsRevisionOnceItIsInForce() {
    Service tagged =
        peoples().toBuilder().addTrafficStatuses(status("hello-new", 0, "candidate")).build();

    assertThat(ServiceReading.of(tagged, Optional.empty()).tagUri("hello-new"))
        .contains("https://candidate---hello.example");
    assertThat(ServiceReading.of(peoples(), Optional.empty()).tagUri("hello-new")).isEmpty();
  }

  @Test
  void latestMeansTheLatestReadyRevision() {
    Service latest =
        peoples().toBuilder()
            .setLatestReadyRevision(NAME + "/revisions/hello-00007-abc")
            .clearTraffic()
            .addTraffic(TrafficTarget.newBuilder().setType(LATEST).setPercent(100))
            .clearTrafficStatuses()
            .addTrafficStatuses(TrafficTargetStatus.newBuilder().setType(LATEST).setPercent(100))
            .build();

    ServiceState state = ServiceReading.of(latest, Optional.empty());

    assertThat(state.baseline()).contains("hello-00007-abc");
    assertThat(state.traffic().getFirst().revision()).isEqualTo("hello-00007-abc");
  }

  @Test
  void aChangeStillUnderWayIsNotSettledAndAFailedRevisionDoesNotLeaveItSo() {
    Service changing = peoples().toBuilder().setReconciling(true).build();
    Service failed = peoples().toBuilder().setGeneration(5).build();

    assertThat(ServiceReading.of(changing, Optional.empty()).settled()).isFalse();
    assertThat(ServiceReading.of(failed, Optional.empty()).settled()).isTrue();
  }

  @Test
  void anEpochPeopleDamagedIsNone() {
    Service damaged =
        peoples().toBuilder().putAnnotations(ServiceReading.EPOCH, "many").build();

    assertThat(ServiceReading.epoch(damaged)).isZero();
    assertThat(ServiceReading.epoch(Service.getDefaultInstance())).isZero();
  }

  @Test
  void aRevisionIsReadyBrokenOrStillStarting() {
    assertThat(readiness(Condition.State.CONDITION_SUCCEEDED)).isEqualTo(new Readiness.Ready());
    assertThat(readiness(Condition.State.CONDITION_FAILED))
        .isEqualTo(new Readiness.Broken("it exited with 1"));
    assertThat(readiness(Condition.State.CONDITION_PENDING)).isEqualTo(new Readiness.Starting());
    assertThat(readiness(Condition.State.CONDITION_RECONCILING))
        .isEqualTo(new Readiness.Starting());
    assertThat(read(Revision.newBuilder())).isEqualTo(new Readiness.Starting());
    assertThat(
            read(
                Revision.newBuilder()
                    .addConditions(condition("Active", Condition.State.CONDITION_FAILED))))
        .isEqualTo(new Readiness.Starting());
  }

  private static Readiness readiness(Condition.State state) {
    return read(
        Revision.newBuilder()
            .addConditions(condition("Active", Condition.State.CONDITION_RECONCILING))
            .addConditions(condition("Ready", state)));
  }

  private static Readiness read(Revision.Builder revision) {
    return ServiceReading.of(
            peoples(), Optional.of(revision.setName(NAME + "/revisions/hello-new").build()))
        .candidate()
        .orElseThrow()
        .readiness();
  }

  private static Condition condition(String type, Condition.State state) {
    return Condition.newBuilder()
        .setType(type)
        .setState(state)
        .setMessage("it exited with 1")
        .build();
  }
}
