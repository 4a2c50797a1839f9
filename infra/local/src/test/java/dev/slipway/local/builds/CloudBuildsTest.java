package dev.slipway.local.builds;

import static com.google.cloudbuild.v1.Build.Status.CANCELLED;
import static com.google.cloudbuild.v1.Build.Status.EXPIRED;
import static com.google.cloudbuild.v1.Build.Status.FAILURE;
import static com.google.cloudbuild.v1.Build.Status.INTERNAL_ERROR;
import static com.google.cloudbuild.v1.Build.Status.QUEUED;
import static com.google.cloudbuild.v1.Build.Status.SUCCESS;
import static com.google.cloudbuild.v1.Build.Status.TIMEOUT;
import static com.google.cloudbuild.v1.Build.Status.WORKING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.longrunning.OperationFuture;
import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.Build.FailureInfo.FailureType;
import com.google.cloudbuild.v1.BuildOperationMetadata;
import com.google.cloudbuild.v1.BuildOptions;
import com.google.cloudbuild.v1.BuildOptions.LoggingMode;
import com.google.cloudbuild.v1.BuildStep;
import com.google.cloudbuild.v1.ListBuildsRequest;
import com.google.protobuf.util.Durations;
import dev.slipway.local.time.VirtualTime;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CloudBuildsTest {

  /** An engine that ends a build when the test says so. */
  private static final class HandEngine implements Engine {

    private record Started(Job job, Consumer<Outcome> done) {}

    private final List<Started> started = new CopyOnWriteArrayList<>();

    @Override
    public void run(Job job, Consumer<Outcome> done) {
      started.add(new Started(job, done));
      job.log().line("compiling");
    }

    Job job(int index) {
      return started.get(index).job();
    }

    void succeed(int index) {
      started.get(index).done().accept(new Outcome.Succeeded(job(index).build()));
    }

    void fail(int index, String why) {
      started
          .get(index)
          .done()
          .accept(new Outcome.Failed(job(index).build(), FailureType.USER_BUILD_STEP, why));
    }
  }

  @TempDir private Path folder;
  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final BuildCloud.Bucket bucket = new BuildCloud.Bucket();
  private HandEngine engine;
  private BuildCloud cloud;

  @BeforeEach
  void start() {
    engine = new HandEngine();
    cloud = new BuildCloud(folder, time, time, bucket, (objects, images) -> engine);
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void aBuildGoesFromQueuedToWorkingToSuccessAndEachChangeIsPublished() throws Exception {
    OperationFuture<Build, BuildOperationMetadata> operation =
        cloud.client.createBuildAsync("laptop", build("release-1"));
    Build queued = operation.getMetadata().get().getBuild();
    settle();
    settle();

    engine.succeed(0);

    assertThat(operation.getName()).startsWith("operations/build/laptop/");
    assertThat(queued.getStatus()).isEqualTo(QUEUED);
    assertThat(published()).containsExactly(QUEUED, WORKING, SUCCESS);
    Build ended = operation.get();
    assertThat(ended).isEqualTo(cloud.client.getBuild("laptop", queued.getId()));
    assertThat(ended.getStatus()).isEqualTo(SUCCESS);
    assertThat(ended.hasStartTime() && ended.hasFinishTime()).isTrue();
  }

  @Test
  void aMessageNamesTheBuildAndItsStatusAndCarriesTheBuild() throws Exception {
    String id = cloud.submit(build("release-1"));

    BuildCloud.Message message = cloud.messages.take();

    assertThat(message.attributes()).containsOnlyKeys("buildId", "status");
    assertThat(message.attributes()).containsEntry("buildId", id).containsEntry("status", "QUEUED");
    assertThat(message.build()).isEqualTo(cloud.client.getBuild("laptop", id));
  }

  @Test
  void aFailedBuildSaysWhyAndSoDoesItsOperation() throws Exception {
    var operation = cloud.client.createBuildAsync("laptop", build("release-1"));
    String id = operation.getMetadata().get().getBuild().getId();
    settle();

    engine.fail(0, "it does not compile");

    Build build = cloud.client.getBuild("laptop", id);
    assertThat(build.getStatus()).isEqualTo(FAILURE);
    assertThat(build.getFailureInfo().getType()).isEqualTo(FailureType.USER_BUILD_STEP);
    assertThat(build.getFailureInfo().getDetail()).isEqualTo("it does not compile");
    assertThat(build.getStatusDetail()).isEqualTo("it does not compile");
    assertThatThrownBy(operation::get).hasMessageContaining("Build failed; check build logs");
  }

  @Test
  void noMoreBuildsRunThanAllowedAndTheOthersWaitTheirTurn() {
    String first = cloud.submit(build("release-1"));
    cloud.submit(build("release-2"));
    String third = cloud.submit(build("release-3"));
    settle();
    assertThat(engine.started).hasSize(2);
    assertThat(status(third)).isEqualTo(QUEUED);

    engine.succeed(0);
    settle();

    assertThat(status(first)).isEqualTo(SUCCESS);
    assertThat(status(third)).isEqualTo(WORKING);
    assertThat(engine.started).hasSize(3);
  }

  @Test
  void aCancelledBuildIsOverAtOnceAndItsPlaceIsFreeWhenTheEngineStopped() {
    String first = cloud.submit(build("release-1"));
    cloud.submit(build("release-2"));
    cloud.submit(build("release-3"));
    settle();

    Build cancelled = cloud.client.cancelBuild("laptop", first);
    settle();
    int runningBefore = engine.started.size();
    engine.fail(0, "killed");
    settle();

    assertThat(cancelled.getStatus()).isEqualTo(CANCELLED);
    assertThat(engine.job(0).cancellation().isCancelled()).isTrue();
    assertThat(runningBefore).isEqualTo(2);
    assertThat(engine.started).hasSize(3);
    assertThat(status(first)).isEqualTo(CANCELLED);
    assertThatThrownBy(() -> cloud.client.cancelBuild("laptop", first))
        .isInstanceOf(FailedPreconditionException.class);
  }

  @Test
  void aQueuedBuildThatIsCancelledNeverStarts() {
    String id = cloud.submit(build("release-1"));

    cloud.client.cancelBuild("laptop", id);
    settle();

    assertThat(engine.started).isEmpty();
    assertThat(published()).containsExactly(QUEUED, CANCELLED);
  }

  @Test
  void cancellingTheOperationCancelsTheBuild() throws Exception {
    var operation = cloud.client.createBuildAsync("laptop", build("release-1"));
    String id = operation.getMetadata().get().getBuild().getId();

    cloud.client.getOperationsClient().cancelOperation(operation.getName());

    assertThat(status(id)).isEqualTo(CANCELLED);
  }

  @Test
  void aBuildThatRunsLongerThanItsTimeoutIsStopped() {
    String id =
        cloud.submit(build("release-1").toBuilder().setTimeout(Durations.fromSeconds(90)).build());
    settle();

    time.advance(Duration.ofSeconds(89));
    Build.Status before = status(id);
    time.advance(Duration.ofSeconds(1));

    assertThat(before).isEqualTo(WORKING);
    assertThat(status(id)).isEqualTo(TIMEOUT);
    assertThat(engine.job(0).cancellation().isCancelled()).isTrue();
    assertThat(published()).containsExactly(QUEUED, WORKING, TIMEOUT);
  }

  @Test
  void aBuildThatWaitsTooLongExpires() {
    cloud.submit(build("release-1").toBuilder().setTimeout(Durations.fromHours(20)).build());
    cloud.submit(build("release-2").toBuilder().setTimeout(Durations.fromHours(20)).build());
    String third = cloud.submit(build("release-3"));
    settle();

    time.advance(Duration.ofHours(1));

    assertThat(status(third)).isEqualTo(EXPIRED);
  }

  @Test
  void afterARestartQueuedBuildsRunAndLostOnesSayThatTheyWereLost() {
    String lost = cloud.submit(build("release-1"));
    cloud.submit(build("release-2"));
    String waiting = cloud.submit(build("release-3"));
    settle();
    stop();

    start();
    settle();

    Build build = cloud.client.getBuild("laptop", lost);
    assertThat(build.getStatus()).isEqualTo(INTERNAL_ERROR);
    assertThat(build.getStatusDetail()).contains("stopped while this build was running");
    assertThat(status(waiting)).isEqualTo(WORKING);
    assertThat(published()).containsExactly(INTERNAL_ERROR, INTERNAL_ERROR, WORKING);
  }

  @Test
  void buildsAreListedByTagTheNewestFirstAndInPages() {
    List<String> ours = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      cloud.submit(build("release-other"));
      ours.addFirst(cloud.submit(build("release-1")));
    }

    assertThat(list("tags=release-1")).isEqualTo(ours);
    assertThat(list("tags=\"release-1\" AND status=\"QUEUED\"")).isEqualTo(ours);
    assertThat(list("tags=release-1 AND status=SUCCESS")).isEmpty();
    assertThat(list("build_id=" + ours.get(2))).containsExactly(ours.get(2));
    assertThat(list("create_time>\"2026-01-01T00:00:00Z\"")).isEmpty();
    assertThat(list("")).hasSize(10);
    assertThatThrownBy(() -> list("colour=red")).isInstanceOf(InvalidArgumentException.class);
  }

  private List<String> list(String filter) {
    ListBuildsRequest request =
        ListBuildsRequest.newBuilder()
            .setProjectId("laptop")
            .setFilter(filter)
            .setPageSize(2)
            .build();
    return StreamSupport.stream(
            cloud.client.listBuilds(request).iterateAll().spliterator(), false)
        .map(Build::getId)
        .toList();
  }

  @Test
  void aRegionalBuildHasANameInItsRegionAndIsFoundThereOnly() throws Exception {
    var request =
        com.google.cloudbuild.v1.CreateBuildRequest.newBuilder()
            .setParent("projects/laptop/locations/europe-west1")
            .setProjectId("laptop")
            .setBuild(build("release-1"))
            .build();
    Build build = cloud.client.createBuildAsync(request).getMetadata().get().getBuild();

    assertThat(build.getName())
        .isEqualTo("projects/laptop/locations/europe-west1/builds/" + build.getId());
    var byName =
        com.google.cloudbuild.v1.GetBuildRequest.newBuilder().setName(build.getName()).build();
    assertThat(cloud.client.getBuild(byName)).isEqualTo(build);
    assertThatThrownBy(() -> cloud.client.getBuild("laptop", build.getId()))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void aRetriedBuildIsANewBuildOfTheSame() throws Exception {
    String id = cloud.submit(build("release-1"));
    settle();
    engine.fail(0, "no luck");

    Build again = cloud.client.retryBuildAsync("laptop", id).getMetadata().get().getBuild();

    assertThat(again.getId()).isNotEqualTo(id);
    assertThat(again.getStatus()).isEqualTo(QUEUED);
    assertThat(again.hasFailureInfo()).isFalse();
    assertThat(again.getTagsList()).containsExactly("release-1");
  }

  @Test
  void theLogCanBeFollowedWhileTheBuildRunsAndEndsInTheBucket() throws Exception {
    String id =
        cloud.submit(build("release-1").toBuilder().setLogsBucket("gs://logs/team-a").build());
    settle();
    String url = cloud.client.getBuild("laptop", id).getLogUrl();

    HttpResponse<String> first = get(url, 0);
    int have = first.body().length();
    HttpResponse<String> nothingNew = get(url, have);
    engine.job(0).log().line("linking");
    HttpResponse<String> more = get(url, have);
    engine.succeed(0);

    assertThat(first.body()).contains("compiling\n");
    assertThat(nothingNew.statusCode()).isEqualTo(416);
    assertThat(more.statusCode()).isEqualTo(206);
    assertThat(more.body()).isEqualTo("linking\n");
    String object = "logs/team-a/log-" + id + ".txt";
    assertThat(new String(bucket.objects.get(object), StandardCharsets.UTF_8))
        .contains("compiling\nlinking\nDONE\n");
  }

  private static HttpResponse<String> get(String url, int from) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create(url)).header("Range", "bytes=" + from + "-").build(),
          BodyHandlers.ofString());
    }
  }

  static Stream<Build> refused() {
    Build good = build("release-1");
    return Stream.of(
        good.toBuilder().clearSteps().build(),
        good.toBuilder().addTags("-bad").build(),
        good.toBuilder().setTimeout(Durations.fromDays(2)).build(),
        good.toBuilder().putSubstitutions("_UNUSED", "x").build(),
        good.toBuilder().putSubstitutions("lower", "x").build(),
        good.toBuilder().setServiceAccount("projects/p/serviceAccounts/b@p").build());
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatGoogleRefusesIsRefusedHereToo(Build build) {
    assertThatThrownBy(() -> cloud.client.createBuildAsync("laptop", build).getMetadata().get())
        .hasCauseInstanceOf(InvalidArgumentException.class);
  }

  @Test
  void aServiceAccountIsTakenWithALogOfItsOwn() {
    var options = BuildOptions.newBuilder().setLogging(LoggingMode.CLOUD_LOGGING_ONLY);

    String id =
        cloud.submit(
            build("release-1").toBuilder()
                .setServiceAccount("projects/p/serviceAccounts/b@p")
                .setOptions(options)
                .build());

    assertThat(status(id)).isEqualTo(QUEUED);
  }

  private void settle() {
    time.advance(Duration.ZERO);
  }

  private Build.Status status(String id) {
    return cloud.client.getBuild("laptop", id).getStatus();
  }

  private List<Build.Status> published() {
    return cloud.messages.stream().map(BuildCloud.Message::status).toList();
  }

  private static Build build(String tag) {
    return Build.newBuilder()
        .addSteps(BuildStep.newBuilder().setName("gcr.io/cloud-builders/docker"))
        .addTags(tag)
        .build();
  }
}
