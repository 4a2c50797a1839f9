package dev.slipway.cli.adapters;

import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.protobuf.FieldMask;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import dev.slipway.cli.whole.Await;
import dev.slipway.cli.whole.Needs;
import dev.slipway.cli.whole.TestCloud;
import dev.slipway.cli.whole.TestCrate;
import dev.slipway.ledger.PubSubOutbox;
import dev.slipway.local.LaptopCloud;
import dev.slipway.release.BuildOrder;
import dev.slipway.release.BuildState;
import dev.slipway.release.Cleanup;
import dev.slipway.release.Deployment;
import dev.slipway.release.Image;
import dev.slipway.release.ImageCleanup;
import dev.slipway.release.JobOrder;
import dev.slipway.release.JobState;
import dev.slipway.release.Release;
import dev.slipway.release.Plan;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceState;
import dev.slipway.release.ServiceState.Readiness;
import dev.slipway.release.SmokeResult;
import dev.slipway.release.SmokeTest;
import dev.slipway.release.Traffic;
import dev.slipway.release.Upload;
import dev.slipway.rollout.HttpSmoke;
import dev.slipway.rollout.Smoke;
import dev.slipway.rollout.StaleServiceException;
import dev.slipway.source.Inspection;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The adapters to Storage, Cloud Build, the registry, Cloud Run and Pub/Sub. */
@Needs(CARGO)
final class PlatformTest {

  private static final SmokeTest HEALTH = SmokeTest.DEFAULT.at("/health");

  private static final String MAIN = "fn main() -> io::Result<()> {";

  @TempDir static Path folder;

  @AutoClose private static Platform platform;

  @TempDir Path work;

  @BeforeAll
  static void start() throws IOException {
    platform = new Platform(folder);
  }

  private Upload upload(TestCrate crate) throws IOException {
    return platform.upload(crate.packed(work), crate.name() + ".tar.gz");
  }

  /** What is needed to build a crate once. */
  private BuildOrder order(TestCrate crate) throws IOException {
    Upload upload = upload(crate);
    Inspection.Accepted accepted = (Inspection.Accepted) platform.sources.inspect(upload);
    return new BuildOrder(
        ReleaseId.of(new ServiceName(crate.name()), upload),
        1,
        accepted.source(),
        accepted.crates().getFirst());
  }

  private static BuildState ended(String build) {
    return Await.that(
        () -> "the end of build " + build,
        () ->
            platform
                .builds
                .get(build)
                .filter(state -> !(state.progress() instanceof BuildState.Running)));
  }

  /** A crate's image, built and measured, and the release it is of. */
  private record Built(ReleaseId release, Image image) {

    Deployment deployment(long epoch, Traffic.Share... keep) {
      return new Deployment(release, image.reference(), epoch, List.of(keep));
    }
  }

  private Built built(TestCrate crate) throws IOException {
    BuildOrder order = order(crate);
    BuildState.Progress end = ended(platform.builds.submit(order)).progress();
    assertThat(end).isInstanceOf(BuildState.Succeeded.class);
    String digest = ((BuildState.Succeeded) end).digest();
    return new Built(order.release(), platform.images.measure(order.release(), digest));
  }

  @Test
  void theRegistryAgreesOnTheSizeOfAnImage() throws Exception {
    Image image = built(TestCrate.named("weighed")).image();

    long stated = platform.images.stated(image).orElseThrow();

    assertThat(stated).isCloseTo(image.compressedBytes(), within(16L << 10));
  }

  @Test
  void anImageIsListedWithItsTagsAndDeletedOnce() throws Exception {
    Built built = built(TestCrate.named("swept"));
    ServiceName service = built.release().service();

    ImageCleanup.Pushed image = platform.versions.list(service).getFirst();

    assertThat(image.digest()).isEqualTo(built.image().digest());
    assertThat(image.tags()).containsExactly(built.release().toString());
    ImageCleanup.Pushed seenEarlier = new ImageCleanup.Pushed(image.digest(), List.of(), image.pushedAt());
    assertThat(platform.versions.delete(service, seenEarlier)).as("it was tagged meanwhile").isFalse();
    assertThat(platform.versions.delete(service, image)).isTrue();
    assertThat(platform.versions.delete(service, image)).as("it is gone").isTrue();
    assertThat(platform.versions.list(service)).isEmpty();
  }

  private static ServiceState state(ReleaseId release, Predicate<ServiceState> is) {
    return Await.that(
        () ->
            "service %s; it is %s"
                .formatted(
                    release.service(),
                    platform.run.read(release.service(), release.revision())),
        () -> platform.run.read(release.service(), release.revision()).filter(is));
  }

  private static boolean isReady(ServiceState state) {
    return state.settled()
        && state.candidate().map(ServiceState.Revision::readiness).orElse(null)
            instanceof Readiness.Ready;
  }

  private static SmokeResult smoke(String uri, SmokeTest test) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return new HttpSmoke(http, audience -> Optional.empty(), Clock.systemUTC())
          .run(new Smoke.Address(uri, uri), test, 0);
    }
  }

  @Test
  void anUploadIsCheckedDescribedAndKeptOnce() throws Exception {
    Upload one = upload(TestCrate.named("source"));
    Inspection.Accepted first = (Inspection.Accepted) platform.sources.inspect(one);

    Upload same = upload(TestCrate.named("source"));
    Inspection.Accepted again = (Inspection.Accepted) platform.sources.inspect(same);

    assertThat(first.crates()).extracting(c -> c.service().value()).containsExactly("source");
    assertThat(first.source().upload()).isEqualTo(one);
    assertThat(again.source().sha256()).isEqualTo(first.source().sha256());
    assertThat(again.source().archive()).isEqualTo(first.source().archive());
    // The bucket keeps no old generations: the second upload took the first one's place.
    assertThat(platform.sources.inspect(one)).isEqualTo(new Inspection.Gone());
    assertThat(
            platform.sources.inspect(upload(TestCrate.named("source").with("../evil", "x"))))
        .isInstanceOf(Inspection.Refused.class);
  }

  @Test
  void aBuildIsFoundByItsReleaseAndItsImageIsMeasured() throws Exception {
    BuildOrder order = order(TestCrate.named("built"));

    String id = platform.builds.submit(order);
    assertThat(platform.builds.running()).extracting(BuildState::id).contains(id);
    BuildState state = ended(id);

    assertThat(state.release()).isEqualTo(order.release());
    assertThat(platform.builds.running()).extracting(BuildState::id).doesNotContain(id);
    assertThat(platform.builds.find(order.release()))
        .extracting(BuildState::id)
        .containsExactly(id);
    assertThat(platform.builds.find(Values.id(99))).isEmpty();
    assertThat(platform.builds.get("no-such-build")).isEmpty();
    BuildState.Succeeded succeeded = (BuildState.Succeeded) state.progress();
    Image image = platform.images.measure(order.release(), succeeded.digest());
    assertThat(image.digest()).isEqualTo(succeeded.digest());
    assertThat(image.layers()).isNotEmpty();
    assertThat(image.compressedBytes())
        .isGreaterThan(image.layers().stream().mapToLong(Image.Layer::compressedBytes).sum());
    assertThat(image.uncompressedBytes())
        .isEqualTo(image.layers().stream().mapToLong(Image.Layer::uncompressedBytes).sum())
        .isGreaterThan(succeeded.report().orElseThrow().binaryBytes());
  }

  @Test
  void aCrateThatDoesNotCompileBreaksItsBuildInTheCompilersWords() throws Exception {
    BuildOrder order =
        order(TestCrate.named("wrong").edited("src/main.rs", "env!(", "no_such_macro!("));

    BuildState.Progress end = ended(platform.builds.submit(order)).progress();

    assertThat(end)
        .isInstanceOfSatisfying(
            BuildState.Broken.class,
            broken -> assertThat(broken.excerpt()).contains("no_such_macro"));
  }

  @Test
  void aCancelledBuildIsStoppedAndMayBeCancelledAgain() throws Exception {
    String id = platform.builds.submit(order(TestCrate.named("slow").slowToBuild(60)));

    platform.builds.cancel(id);
    platform.builds.cancel(id);
    platform.builds.cancel("no-such-build");

    assertThat(ended(id).progress()).isEqualTo(new BuildState.Stopped());
  }

  @Test
  void aServiceIsMadeACandidateStandsBesideItAndTrafficMoves() throws Exception {
    Built old = built(TestCrate.named("rollout"));
    Built fresh = built(TestCrate.named("rollout").version("2.0.0").unhealthy());
    String stable = old.release().revision();
    String candidate = fresh.release().revision();
    assertThat(platform.run.read(old.release().service(), stable)).isEmpty();

    platform.run.deploy(Optional.empty(), old.deployment(1));
    ServiceState made = state(old.release(), PlatformTest::isReady);

    assertThat(made.baseline()).contains(stable);
    assertThat(made.epoch()).isEqualTo(1);
    assertThat(smoke(made.tagUri(stable).orElseThrow(), HEALTH))
        .isInstanceOf(SmokeResult.Passed.class);
    assertThatThrownBy(() -> platform.run.deploy(Optional.empty(), old.deployment(1)))
        .isInstanceOf(StaleServiceException.class);

    tag(made, stable, "beta");
    assertThatThrownBy(() -> platform.run.shift(made, Traffic.all(stable, 2)))
        .isInstanceOf(StaleServiceException.class);
    assertThatThrownBy(() -> platform.run.deploy(Optional.of(made), fresh.deployment(2)))
        .isInstanceOf(StaleServiceException.class);

    ServiceState tagged = state(fresh.release(), ServiceState::settled);
    platform.run.deploy(
        Optional.of(tagged), fresh.deployment(2, new Traffic.Share(stable, 100)));
    ServiceState beside =
        state(fresh.release(), s -> isReady(s) && s.tagUri(candidate).isPresent());

    assertThat(beside.baseline()).contains(stable);
    assertThat(percents(beside)).containsExactlyInAnyOrder(stable + "=100", candidate + "=0");
    assertThat(smoke(beside.tagUri(candidate).orElseThrow(), HEALTH))
        .isInstanceOfSatisfying(
            SmokeResult.Failed.class,
            failed ->
                assertThat(failed.why())
                    .isEqualTo("GET /health answered 500: unwell, on purpose"));
    assertThat(smoke(beside.uri(), HEALTH)).isInstanceOf(SmokeResult.Passed.class);

    assertThat(
            platform.run.rehearse(
                Optional.of(beside), fresh.deployment(3, new Traffic.Share(stable, 100))))
        .isEqualTo(Plan.Check.PASSED);
    assertThat(
            platform.run.rehearse(
                Optional.of(beside), fresh.deployment(3, new Traffic.Share("rollout-gone", 100))))
        .satisfies(
            check ->
                assertThat(check.objection())
                    .hasValueSatisfying(why -> assertThat(why).contains("rollout-gone")));
    assertThat(platform.revisions.list(old.release().service()))
        .extracting(Cleanup.Kept::name)
        .containsExactlyInAnyOrder(stable, candidate);
    assertThat(platform.revisions.delete(old.release().service(), stable))
        .as("it serves")
        .isFalse();
    assertThat(platform.revisions.delete(old.release().service(), "rollout-gone")).isTrue();

    Traffic ten = Traffic.canary(stable, candidate, 10, 2);
    platform.run.shift(beside, ten);
    ServiceState split = state(fresh.release(), s -> s.settled() && ten.isServedBy(s));

    assertThat(ten.isAskedOf(split)).isTrue();
    assertThat(split.epoch()).isEqualTo(2);
    assertThat(tags(split)).containsExactlyInAnyOrder("beta=" + stable, "candidate=" + candidate);

    Traffic back = Traffic.all(stable, 3);
    platform.run.shift(split, back);
    ServiceState restored = state(fresh.release(), s -> s.settled() && back.isServedBy(s));

    assertThat(restored.baseline()).contains(stable);
    assertThat(tags(restored)).containsExactly("beta=" + stable);
  }

  /** Does what a person does who wants a URL of their own for a revision. */
  private static void tag(ServiceState state, String revision, String tag) throws Exception {
    String name =
        "projects/%s/locations/%s/services/%s"
            .formatted(LaptopCloud.PROJECT, LaptopCloud.REGION, state.name());
    Service service = platform.services.getService(name);
    TrafficTarget target =
        TrafficTarget.newBuilder()
            .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
            .setRevision(revision)
            .setTag(tag)
            .build();
    var unused =
        platform
            .services
            .updateServiceCallable()
            .call(
                UpdateServiceRequest.newBuilder()
                    .setService(service.toBuilder().addTraffic(target))
                    .setUpdateMask(FieldMask.newBuilder().addPaths("traffic"))
                    .build());
  }

  private static List<String> percents(ServiceState state) {
    return state.serving().stream()
        .filter(t -> !t.tag().equals(Optional.of("beta")))
        .map(t -> t.revision() + "=" + t.percent())
        .toList();
  }

  private static List<String> tags(ServiceState state) {
    return state.serving().stream()
        .flatMap(t -> t.tag().stream().map(tag -> tag + "=" + t.revision()))
        .toList();
  }

  @Test
  void aRevisionThatExitsAtOnceIsBrokenWithCloudRunsWords() throws Exception {
    Built exits =
        built(TestCrate.named("exits").edited("src/main.rs", MAIN, MAIN + " std::process::exit(7);"));

    platform.run.deploy(Optional.empty(), exits.deployment(1));
    ServiceState broken =
        state(
            exits.release(),
            s ->
                s.settled()
                    && s.candidate().map(ServiceState.Revision::readiness).orElse(null)
                        instanceof Readiness.Broken);

    assertThat(broken.candidate().orElseThrow().readiness())
        .isInstanceOfSatisfying(
            Readiness.Broken.class, readiness -> assertThat(readiness.why()).isNotBlank());
  }

  @Test
  void aReleasesJobIsRunOnceAndSaysHowItEnded() throws Exception {
    Built exits =
        built(TestCrate.named("migrates").edited("src/main.rs", MAIN, MAIN + " std::process::exit(7);"));
    JobOrder order =
        new JobOrder(
            exits.release(),
            exits.deployment(1).image(),
            List.of("migrate"),
            Duration.ofMinutes(1));
    assertThat(platform.jobs.findJob(order.release())).isEmpty();

    Optional<JobState> state = Optional.empty();
    for (int i = 0; i < 500 && !(state.orElse(null) instanceof JobState.Failed); i++) {
      platform.jobs.run(order);
      state = platform.jobs.findJob(order.release());
      TimeUnit.MILLISECONDS.sleep(20);
    }

    assertThat(state.orElseThrow())
        .isInstanceOfSatisfying(
            JobState.Failed.class, failed -> assertThat(failed.why()).contains("Exit code 7"));
  }

  @Test
  void aSmokeTestSaysWhatItGotInsteadOfAnAnswer() {
    assertThat(smoke("http://127.0.0.1:1", HEALTH))
        .isInstanceOfSatisfying(
            SmokeResult.Failed.class,
            failed -> assertThat(failed.why()).startsWith("GET /health failed: "));
  }

  @Test
  void aReleasesMoveIsPublishedWithWhatToFilterBy() throws Exception {
    Release release = Release.begin(Values.id(1), Values.received(1), Instant.EPOCH);
    TopicName topic = TopicName.of(LaptopCloud.PROJECT, Platform.TOPIC);
    SubscriptionName subscription = SubscriptionName.of(LaptopCloud.PROJECT, "listener");
    NoCredentialsProvider nobody = NoCredentialsProvider.create();
    Publisher publisher =
        Publisher.newBuilder(topic)
            .setChannelProvider(platform.transport())
            .setCredentialsProvider(nobody)
            .build();
    try (SubscriptionAdminClient subscriber =
        SubscriptionAdminClient.create(
            SubscriptionAdminSettings.newBuilder()
                .setTransportChannelProvider(platform.transport())
                .setCredentialsProvider(nobody)
                .build())) {
      subscriber.createSubscription(subscription, topic, PushConfig.getDefaultInstance(), 10);

      new PubSubOutbox(publisher).publish(release);

      PubsubMessage message =
          Await.that(
              () -> "a message",
              () ->
                  subscriber.pull(subscription, 1).getReceivedMessagesList().stream()
                      .findFirst()
                      .map(received -> received.getMessage()));
      assertThat(message.getData().toStringUtf8())
          .isEqualTo(
              "{\"release\":\"%s\",\"sequence\":1,\"stage\":\"received\"}".formatted(release.id()));
      assertThat(message.getAttributesMap())
          .containsOnly(
              java.util.Map.entry("service", "hello"), java.util.Map.entry("stage", "received"));
    } finally {
      publisher.shutdown();
    }
  }
}
