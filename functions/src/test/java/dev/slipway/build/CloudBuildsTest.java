package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildClient;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildSettings;
import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.BuildOperationMetadata;
import com.google.cloudbuild.v1.CancelBuildRequest;
import com.google.cloudbuild.v1.CloudBuildGrpc;
import com.google.cloudbuild.v1.CreateBuildRequest;
import com.google.cloudbuild.v1.GetBuildRequest;
import com.google.cloudbuild.v1.ListBuildsRequest;
import com.google.cloudbuild.v1.ListBuildsResponse;
import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import dev.slipway.release.BuildOrder;
import dev.slipway.release.BuildState;
import dev.slipway.release.BuildState.Running;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudBuildsTest {

  private static final String PARENT = "projects/acme/locations/europe-west1";
  private static final BuildOrder ORDER = Crates.order("attempt=2");

  private final Google google = new Google();
  private final List<String> cached = new ArrayList<>();
  private Server server;
  private ManagedChannel channel;
  private CloudBuildClient client;
  private CloudBuilds builds;

  @BeforeEach
  void connect() throws IOException {
    String name = InProcessServerBuilder.generateName();
    server = InProcessServerBuilder.forName(name).addService(google).build().start();
    channel = InProcessChannelBuilder.forName(name).build();
    client =
        CloudBuildClient.create(
            CloudBuildSettings.newBuilder()
                .setTransportChannelProvider(
                    FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)))
                .setCredentialsProvider(NoCredentialsProvider.create())
                .build());
    builds = new CloudBuilds(client, Crates.TEAM, id -> "",
            image -> Optional.of(cached.contains(image)));
  }

  @AfterEach
  void disconnect() {
    client.close();
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void submitsAndNamesTheBuildWithoutWaitingForItsEnd() {
    String id = builds.submit(ORDER);

    assertThat(id).isEqualTo("build-1");
    assertThat(google.asked).containsExactly("create " + PARENT);
    Build build = google.builds.getFirst();
    assertThat(build.getTagsList())
        .containsExactly("slipway", ORDER.release().buildTag(), "service-hello", "attempt-2");
    assertThat(build.getSource().getStorageSource().getGeneration()).isEqualTo(3);
  }

  @Test
  void takesASmallMachineWhenTheDependenciesAreCompiled() {
    builds.submit(ORDER);
    cached.add(google.builds.getFirst().getSubstitutionsOrThrow("_CACHE"));

    builds.submit(ORDER);

    assertThat(google.builds)
        .extracting(build -> build.getOptions().getMachineType().name())
        .containsExactly("E2_HIGHCPU_8", "UNSPECIFIED");
  }

  @Test
  void findsTheBuildsOfARelease() {
    builds.submit(ORDER);
    builds.submit(ORDER);

    List<BuildState> found = builds.find(ORDER.release());

    assertThat(google.asked.getLast())
        .isEqualTo("list " + PARENT + " tags=\"release-" + ORDER.release() + "\"");
    assertThat(found)
        .containsExactly(
            new BuildState("build-1", ORDER.release(), new Running()),
            new BuildState("build-2", ORDER.release(), new Running()));
  }

  @Test
  void listsWhatRunsInOneCallWhateverItIsFor() {
    builds.submit(ORDER);

    List<BuildState> running = builds.running();

    assertThat(google.asked.getLast())
        .isEqualTo(
            "list " + PARENT + " tags=\"slipway\" AND (status=\"QUEUED\" OR status=\"WORKING\")");
    assertThat(running).containsExactly(new BuildState("build-1", ORDER.release(), new Running()));
  }

  @Test
  void getsABuildAndTheReleaseItIsOf() {
    String id = builds.submit(ORDER);

    assertThat(builds.get(id)).contains(new BuildState(id, ORDER.release(), new Running()));
    assertThat(google.asked.getLast()).isEqualTo("get " + PARENT + "/builds/" + id);
  }

  @Test
  void doesNotKnowBuildsOfOthers() {
    google.builds.add(Build.newBuilder().setId("build-1").addTags("release-hello-0123").build());
    google.builds.add(
        Build.newBuilder().setId("build-2").addTags("slipway").addTags("release-x").build());

    assertThat(builds.get("build-1")).isEmpty();
    assertThat(builds.get("build-2")).isEmpty();
    assertThat(builds.get("build-3")).isEmpty();
  }

  @Test
  void neverAsksForAnIdThatIsNone() {
    assertThat(builds.get("../../secrets/x")).isEmpty();
    assertThat(builds.get("")).isEmpty();
    assertThat(google.asked).isEmpty();
  }

  @Test
  void cancelsAndDoesNotMindThatABuildHasEnded() {
    builds.cancel("build-1");
    google.refusal = Status.FAILED_PRECONDITION;

    builds.cancel("build-1");

    assertThat(google.asked).hasSize(2).containsOnly("cancel " + PARENT + "/builds/build-1");
  }

  @Test
  void throwsWhenItMayNotCancel() {
    google.refusal = Status.PERMISSION_DENIED;

    assertThatThrownBy(() -> builds.cancel("build-1"))
        .isInstanceOf(PermissionDeniedException.class);
  }

  /** A Cloud Build that keeps what it is told and never builds. */
  private static final class Google extends CloudBuildGrpc.CloudBuildImplBase {
    final List<Build> builds = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    Status refusal = Status.OK;

    @Override
    public void createBuild(CreateBuildRequest request, StreamObserver<Operation> answer) {
      asked.add("create " + request.getParent());
      Build build =
          request.getBuild().toBuilder()
              .setId("build-" + (builds.size() + 1))
              .setStatus(Build.Status.QUEUED)
              .build();
      builds.add(build);
      answer.onNext(
          Operation.newBuilder()
              .setMetadata(Any.pack(BuildOperationMetadata.newBuilder().setBuild(build).build()))
              .build());
      answer.onCompleted();
    }

    @Override
    public void listBuilds(ListBuildsRequest request, StreamObserver<ListBuildsResponse> answer) {
      asked.add("list " + request.getParent() + " " + request.getFilter());
      answer.onNext(ListBuildsResponse.newBuilder().addAllBuilds(builds.reversed()).build());
      answer.onCompleted();
    }

    @Override
    public void getBuild(GetBuildRequest request, StreamObserver<Build> answer) {
      asked.add("get " + request.getName());
      builds.stream()
          .filter(build -> request.getName().endsWith("/builds/" + build.getId()))
          .findFirst()
          .ifPresentOrElse(
              build -> {
                answer.onNext(build);
                answer.onCompleted();
              },
              () -> answer.onError(Status.NOT_FOUND.asRuntimeException()));
    }

    @Override
    public void cancelBuild(CancelBuildRequest request, StreamObserver<Build> answer) {
      asked.add("cancel " + request.getName());
      if (refusal.isOk()) {
        answer.onNext(Build.getDefaultInstance());
        answer.onCompleted();
      } else {
        answer.onError(refusal.asRuntimeException());
      }
    }
  }
}
