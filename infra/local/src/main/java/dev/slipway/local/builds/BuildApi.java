package dev.slipway.local.builds;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.CancelBuildRequest;
import com.google.cloudbuild.v1.CloudBuildGrpc;
import com.google.cloudbuild.v1.CreateBuildRequest;
import com.google.cloudbuild.v1.GetBuildRequest;
import com.google.cloudbuild.v1.ListBuildsRequest;
import com.google.cloudbuild.v1.ListBuildsResponse;
import com.google.cloudbuild.v1.RetryBuildRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import dev.slipway.local.server.Calls;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Predicate;

/** {@code google.devtools.cloudbuild.v1.CloudBuild}. */
final class BuildApi extends CloudBuildGrpc.CloudBuildImplBase {

  private static final int LARGEST_PAGE = 1000;
  private static final int USUAL_PAGE = 100;

  private final Builds builds;
  private final BuildQueue queue;
  private final Admission admission;

  BuildApi(Builds builds, BuildQueue queue, Admission admission) {
    this.builds = builds;
    this.queue = queue;
    this.admission = admission;
  }

  @Override
  public void createBuild(CreateBuildRequest request, StreamObserver<Operation> call) {
    Calls.answer(
        call,
        () ->
            submit(
                BuildName.parent(request.getParent(), request.getProjectId()),
                request.getBuild()));
  }

  private Operation submit(BuildName parent, Build wanted) {
    Build build = admission.admit(parent, wanted);
    queue.submit(build);
    return Operation.newBuilder()
        .setName(BuildName.of(build.getName(), "", "").operation())
        .setMetadata(Any.pack(Builds.metadata(build)))
        .build();
  }

  @Override
  public void getBuild(GetBuildRequest request, StreamObserver<Build> call) {
    Calls.answer(
        call,
        () ->
            builds.get(
                BuildName.of(request.getName(), request.getProjectId(), request.getId())));
  }

  @Override
  public void listBuilds(ListBuildsRequest request, StreamObserver<ListBuildsResponse> call) {
    Calls.answer(call, () -> list(request));
  }

  private ListBuildsResponse list(ListBuildsRequest request) {
    BuildName parent = BuildName.parent(request.getParent(), request.getProjectId());
    int asked = request.getPageSize();
    int size = asked <= 0 ? USUAL_PAGE : Math.min(asked, LARGEST_PAGE);
    List<Build> found =
        builds
            .newestFirst()
            .dropWhile(notAfter(request.getPageToken()))
            .filter(b -> BuildName.of(b.getName(), "", "").sameParent(parent))
            .filter(b -> !b.getId().equals(request.getPageToken()))
            .filter(Filter.parse(request.getFilter()))
            .limit(size + 1L)
            .toList();
    boolean more = found.size() > size;
    List<Build> page = more ? found.subList(0, size) : found;
    return ListBuildsResponse.newBuilder()
        .addAllBuilds(page)
        .setNextPageToken(more ? page.getLast().getId() : "")
        .build();
  }

  /** The token is the id of the last build of the page before. */
  private static Predicate<Build> notAfter(String token) {
    return build -> !token.isEmpty() && !build.getId().equals(token);
  }

  @Override
  public void cancelBuild(CancelBuildRequest request, StreamObserver<Build> call) {
    Calls.answer(
        call,
        () ->
            queue.cancel(
                builds.get(
                    BuildName.of(request.getName(), request.getProjectId(), request.getId()))));
  }

  @Override
  public void retryBuild(RetryBuildRequest request, StreamObserver<Operation> call) {
    Calls.answer(
        call,
        () -> {
          BuildName name =
              BuildName.of(request.getName(), request.getProjectId(), request.getId());
          return submit(name, builds.get(name));
        });
  }
}
