package dev.slipway.cli.simulate;

import dev.slipway.build.Builds;
import dev.slipway.release.BuildOrder;
import dev.slipway.release.BuildState;
import dev.slipway.release.ReleaseId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Cloud Build, in memory: a build runs until it is told to end. */
final class SimulatedBuilds implements Builds {

  private final Boundary boundary;

  /** Every build that was submitted, by its id, in that order. */
  final Map<String, BuildState> all = new LinkedHashMap<>();

  /** What a release's build comes to. */
  Function<ReleaseId, BuildState.Progress> outcome =
      id -> new BuildState.Succeeded("sha256:" + id.key(), Optional.empty());

  /** Who is told of each build that is submitted. */
  Consumer<BuildState> submitted = build -> {};

  /** Whether no build is found by its release's tag. */
  boolean forgetful;

  SimulatedBuilds(Boundary boundary) {
    this.boundary = boundary;
  }

  /** Lets every running build end. */
  void finish() {
    all.replaceAll((id, build) -> ended(build, outcome.apply(build.release())));
  }

  /** Lets one build end, if it still runs. */
  void finish(String id, BuildState.Progress progress) {
    all.computeIfPresent(id, (same, build) -> ended(build, progress));
  }

  /** How many builds of a release run, or ran to a result. */
  long effective(ReleaseId release) {
    return of(release).stream()
        .filter(build -> !(build.progress() instanceof BuildState.Stopped))
        .filter(build -> !(build.progress() instanceof BuildState.Lost))
        .count();
  }

  @Override
  public List<BuildState> find(ReleaseId release) {
    boundary.look("list builds");
    return forgetful ? List.of() : of(release);
  }

  @Override
  public List<BuildState> running() {
    boundary.look("list running builds");
    return all.values().stream()
        .filter(build -> build.progress() instanceof BuildState.Running)
        .toList();
  }

  @Override
  public Optional<BuildState> get(String id) {
    boundary.look("get build");
    return Optional.ofNullable(all.get(id));
  }

  @Override
  public String submit(BuildOrder order) {
    return boundary.effect(
        "submit build",
        () -> {
          String id = "build-" + (all.size() + 1);
          BuildState build = new BuildState(id, order.release(), new BuildState.Running());
          submitted.accept(build);
          all.put(id, build);
          return id;
        });
  }

  @Override
  public void cancel(String id) {
    boundary.effect(
        "cancel build",
        () ->
            all.computeIfPresent(id, (same, build) -> ended(build, new BuildState.Stopped())));
  }

  private List<BuildState> of(ReleaseId release) {
    return all.values().stream().filter(build -> build.release().equals(release)).toList();
  }

  private static BuildState ended(BuildState build, BuildState.Progress progress) {
    return build.progress() instanceof BuildState.Running
        ? new BuildState(build.id(), build.release(), progress)
        : build;
  }
}
