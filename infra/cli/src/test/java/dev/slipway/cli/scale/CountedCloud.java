package dev.slipway.cli.scale;

import dev.slipway.build.Builds;
import dev.slipway.build.Images;
import dev.slipway.release.BuildOrder;
import dev.slipway.release.BuildState;
import dev.slipway.release.Deployment;
import dev.slipway.release.Image;
import dev.slipway.release.JobOrder;
import dev.slipway.release.JobState;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceState;
import dev.slipway.release.ServiceState.Readiness;
import dev.slipway.release.ServiceState.Target;
import dev.slipway.release.SmokeResult;
import dev.slipway.release.SmokeTest;
import dev.slipway.release.Traffic;
import dev.slipway.rollout.Jobs;
import dev.slipway.rollout.Services;
import dev.slipway.rollout.Smoke;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Builds and services in memory that count what is asked of them; every release is a good one. */
final class CountedCloud implements Builds, Images, Services, Jobs, Smoke {

  /** One service as Cloud Run holds it. */
  private static final class Service {
    final Set<String> revisions = new HashSet<>();
    List<Target> traffic = List.of();
    long version;
    long epoch;
  }

  private final Map<ReleaseId, BuildState> builds = new HashMap<>();
  private final Deque<ReleaseId> running = new ArrayDeque<>();
  private final Map<String, Service> services = new HashMap<>();

  long lists;
  long serviceReads;
  long serviceWrites;
  int mostBuilds;

  @Override
  public List<BuildState> find(ReleaseId release) {
    lists++;
    return Optional.ofNullable(builds.get(release)).map(List::of).orElse(List.of());
  }

  @Override
  public List<BuildState> running() {
    lists++;
    return running.stream().map(builds::get).map(Objects::requireNonNull).toList();
  }

  @Override
  public Optional<BuildState> get(String buildId) {
    return Optional.empty();
  }

  @Override
  public String submit(BuildOrder order) {
    String id = "build-" + (builds.size() + 1);
    builds.put(order.release(), new BuildState(id, order.release(), new BuildState.Running()));
    running.add(order.release());
    mostBuilds = Math.max(mostBuilds, running.size());
    return id;
  }

  /** The build that has run longest ends. */
  ReleaseId finishOne() {
    ReleaseId id = running.remove();
    BuildState.Progress done = new BuildState.Succeeded("sha256:" + id.key(), Optional.empty());
    builds.computeIfPresent(id, (key, build) -> new BuildState(build.id(), id, done));
    return id;
  }

  @Override
  public void cancel(String buildId) {
    throw new AssertionError("nobody cancels");
  }

  @Override
  public Image measure(ReleaseId release, String digest) {
    return new Image("host/team/images/" + release.service(), digest, 1000, 2000, List.of());
  }

  @Override
  public Optional<Long> stated(Image image) {
    return Optional.of(1000L);
  }

  @Override
  public Optional<ServiceState> read(ServiceName name, String revision) {
    serviceReads += 2;
    return Optional.ofNullable(services.get(name.value())).map(s -> state(name, s, revision));
  }

  private static ServiceState state(ServiceName name, Service service, String revision) {
    return new ServiceState(
        name.value(),
        "http://" + name,
        "etag-" + service.version,
        true,
        service.traffic,
        service.traffic,
        service.epoch,
        service.revisions.contains(revision)
            ? Optional.of(new ServiceState.Revision(revision, new Readiness.Ready()))
            : Optional.empty());
  }

  @Override
  public void deploy(Optional<ServiceState> basis, Deployment deployment) {
    String name = deployment.release().service().value();
    Service service = services.computeIfAbsent(name, n -> new Service());
    String revision = deployment.release().revision();
    service.revisions.add(revision);
    List<Traffic.Share> shares =
        deployment.traffic().isEmpty()
            ? List.of(new Traffic.Share(revision, 100))
            : deployment.traffic();
    set(service, new Traffic(shares, Optional.of(revision), deployment.epoch()));
  }

  @Override
  public void shift(ServiceState basis, Traffic traffic) {
    set(Objects.requireNonNull(services.get(basis.name())), traffic);
  }

  private void set(Service service, Traffic traffic) {
    serviceWrites++;
    List<Target> targets = new ArrayList<>();
    traffic.shares().forEach(s -> targets.add(new Target(s.revision(), s.percent(), Optional.empty(), Optional.empty())));
    traffic
        .tagged()
        .ifPresent(r -> targets.add(new Target(r, 0, Optional.of(ServiceName.TAG), Optional.of("http://" + r))));
    service.traffic = targets;
    service.epoch = traffic.epoch();
    service.version++;
  }

  @Override
  public SmokeResult run(Address address, SmokeTest test, int warmup) {
    return new SmokeResult.Passed(3, Duration.ofMillis(5));
  }

  @Override
  public void sample(Address address, SmokeTest test) {
    throw new AssertionError("the gate is off");
  }

  /** No crate here has a job. */
  @Override
  public Optional<JobState> findJob(ReleaseId release) {
    return Optional.empty();
  }

  @Override
  public void run(JobOrder order) {
    throw new IllegalStateException("a job nobody asked for: " + order);
  }
}
