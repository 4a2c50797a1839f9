package dev.slipway.build;

import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildClient;
import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.BuildOperationMetadata;
import com.google.cloudbuild.v1.CancelBuildRequest;
import com.google.cloudbuild.v1.CreateBuildRequest;
import com.google.cloudbuild.v1.GetBuildRequest;
import com.google.cloudbuild.v1.ListBuildsRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.slipway.release.BuildOrder;
import dev.slipway.release.BuildState;
import dev.slipway.release.ReleaseId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Builds on Google's Cloud Build. */
public final class CloudBuilds implements Builds {

  /** The tag of every build that is Slipway's. */
  static final String TAG = "slipway";

  private static final String RELEASE_TAG = "release-";
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,64}");

  private final CloudBuildClient client;
  private final BuildSettings settings;
  private final DependencyCache cache;
  private final BuildTemplate template;
  private final BuildEnding ending;

  public CloudBuilds(
      CloudBuildClient client, BuildSettings settings, BuildLogs logs, DependencyCache cache) {
    this.client = client;
    this.settings = settings;
    this.cache = cache;
    this.template = BuildTemplate.load();
    this.ending = new BuildEnding(logs, settings.machines().paid());
  }

  @Override
  public List<BuildState> find(ReleaseId release) {
    return list("tags=\"%s\"".formatted(release.buildTag())).stream()
        .filter(found -> found.release().equals(release))
        .toList()
        .reversed();
  }

  @Override
  public List<BuildState> running() {
    return list("tags=\"%s\" AND (status=\"QUEUED\" OR status=\"WORKING\")".formatted(TAG));
  }

  /** Slipway's builds that pass, newest first. */
  private List<BuildState> list(String filter) {
    ListBuildsRequest request =
        ListBuildsRequest.newBuilder()
            .setParent(settings.parent())
            .setProjectId(settings.project())
            .setFilter(filter)
            .build();
    List<BuildState> newestFirst = new ArrayList<>();
    for (Build build : client.listBuilds(request).iterateAll()) {
      state(build).ifPresent(newestFirst::add);
    }
    return newestFirst;
  }

  @Override
  public Optional<BuildState> get(String buildId) {
    // The id may come from a forged message: it must not become another resource's name.
    if (!ID.matcher(buildId).matches()) {
      return Optional.empty();
    }
    GetBuildRequest request =
        GetBuildRequest.newBuilder()
            .setName(name(buildId))
            .setProjectId(settings.project())
            .setId(buildId)
            .build();
    try {
      return state(client.getBuild(request));
    } catch (NotFoundException | InvalidArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String submit(BuildOrder order) {
    BuildPlan plan = BuildPlan.of(order, settings.repository(), template.builder());
    String machine = settings.machines().of(cache.holds(plan.cache()));
    CreateBuildRequest request =
        CreateBuildRequest.newBuilder()
            .setParent(settings.parent())
            .setProjectId(settings.project())
            .setBuild(template.render(plan, settings, machine))
            .build();
    // The call itself, not the client's operation: that would go on polling for the build's end.
    return id(client.createBuildCallable().call(request));
  }

  @Override
  public void cancel(String buildId) {
    CancelBuildRequest request =
        CancelBuildRequest.newBuilder()
            .setName(name(buildId))
            .setProjectId(settings.project())
            .setId(buildId)
            .build();
    try {
      client.cancelBuild(request);
    } catch (FailedPreconditionException | NotFoundException e) {
      // It has ended, which is all that was wanted.
    }
  }

  private Optional<BuildState> state(Build build) {
    return release(build).map(release -> new BuildState(build.getId(), release, ending.of(build)));
  }

  /** The release a build's tags name; empty for builds that are not Slipway's. */
  private static Optional<ReleaseId> release(Build build) {
    return build.getTagsList().contains(TAG)
        ? build.getTagsList().stream()
            .filter(tag -> tag.startsWith(RELEASE_TAG))
            .map(tag -> tag.substring(RELEASE_TAG.length()))
            .flatMap(CloudBuilds::parsed)
            .findFirst()
        : Optional.empty();
  }

  private static Stream<ReleaseId> parsed(String tag) {
    try {
      return Stream.of(ReleaseId.parse(tag));
    } catch (IllegalArgumentException e) {
      return Stream.empty();
    }
  }

  private String name(String buildId) {
    return settings.parent() + "/builds/" + buildId;
  }

  private static String id(Operation operation) {
    try {
      return operation.getMetadata().unpack(BuildOperationMetadata.class).getBuild().getId();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(
          "Cloud Build took a build but did not name it (operation %s): the next trigger finds it"
              .formatted(operation.getName()),
          e);
    }
  }
}
