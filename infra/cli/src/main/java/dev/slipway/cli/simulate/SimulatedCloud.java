package dev.slipway.cli.simulate;

import dev.slipway.build.Builds;
import dev.slipway.build.Copies;
import dev.slipway.build.Images;
import dev.slipway.release.BuildOrder;
import dev.slipway.release.BuildState;
import dev.slipway.release.Cleanup;
import dev.slipway.release.Deployment;
import dev.slipway.release.Histogram;
import dev.slipway.release.Image;
import dev.slipway.release.JobOrder;
import dev.slipway.release.JobState;
import dev.slipway.release.Measurements;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Rollout;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceState;
import dev.slipway.release.ServiceState.Readiness;
import dev.slipway.release.ServiceState.Target;
import dev.slipway.release.Signal;
import dev.slipway.release.Signals;
import dev.slipway.release.SmokeResult;
import dev.slipway.release.SmokeTest;
import dev.slipway.release.Tally;
import dev.slipway.release.Traffic;
import dev.slipway.release.Windows;
import dev.slipway.rollout.Jobs;
import dev.slipway.rollout.Logs;
import dev.slipway.rollout.Metrics;
import dev.slipway.rollout.Revisions;
import dev.slipway.rollout.Services;
import dev.slipway.rollout.Smoke;
import dev.slipway.rollout.StaleServiceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Cloud Build, the registry and Cloud Run, in memory, with their rules about etags and names. */
final class SimulatedCloud
    implements Builds, Images, Copies, Services, Revisions, Jobs, Smoke, Metrics, Logs {

  /** One service as the platform holds it. */
  private static final class Service {
    long version = 1;
    long epoch;
    List<Target> traffic = List.of();
    final Map<String, String> revisions = new LinkedHashMap<>();
  }

  private final Boundary boundary;
  final Map<String, BuildState> builds = new LinkedHashMap<>();
  private final Map<String, Service> services = new LinkedHashMap<>();
  final List<String> history = new ArrayList<>();

  /** What a release's build comes to. */
  Function<ReleaseId, BuildState.Progress> outcome =
      id -> new BuildState.Succeeded("sha256:" + id.key(), Optional.empty());

  /** Whether a release's revision becomes ready. */
  Function<String, Readiness> readiness = revision -> new Readiness.Ready();

  /** What the smoke test of a URL finds. */
  Function<String, SmokeResult> smoke = uri -> new SmokeResult.Passed(3, Duration.ofMillis(5));

  /** Who is told of each build that is submitted. */
  Consumer<BuildState> submitted = build -> {};

  /** Who is told of each change of a service's traffic, before it is made. */
  Consumer<Traffic> changing = traffic -> {};

  /** Whether changes are taken that rest on an old reading. */
  boolean careless;

  /** Whether no build is found by its release's tag. */
  boolean forgetful;

  /** What the registry says an image takes. */
  LongSupplier statedBytes = () -> 1000;

  /** What users ask of a revision, and what they get. */
  interface Answers {
    Tally of(String revision, Instant from, Instant to);
  }

  /** What a revision answers users in one window. */
  Answers answers = (revision, from, to) -> new Tally(500, 0, Histogram.EMPTY);

  /** What a revision logs that is a sign of trouble. */
  Function<String, List<Signal>> logged = revision -> List.of();

  /** The revisions people gave all traffic by hand. */
  final Set<String> pinned = new HashSet<>();

  /** Why nothing can be measured, where nothing can. */
  Optional<String> unreadable = Optional.empty();

  /** How often measurements were read. */
  int readings;

  /** When requests of Slipway's own were sent, a moment each. */
  final List<Instant> sampled = new ArrayList<>();

  Clock clock = Clock.systemUTC();

  /** What someone else does to the platform just before the next change of it. */
  Runnable beforeWrite = () -> {};

  /** What time it is there. */
  Supplier<Instant> now = () -> Instant.EPOCH;

  /** What the URLs of its revisions begin with. */
  String root = "http://";

  /** The registry it takes images from. */
  SimulatedImages images;

  private final Map<String, Instant> madeAt = new LinkedHashMap<>();

  /** Whether changes of the traffic are taken, but do not come into force. */
  boolean stuck;

  SimulatedCloud(Boundary boundary) {
    this.boundary = boundary;
    images = new SimulatedImages(boundary);
  }

  @Override
  public List<BuildState> find(ReleaseId release) {
    boundary.look("list builds");
    return forgetful ? List.of() : ofRelease(release);
  }

  @Override
  public List<BuildState> running() {
    boundary.look("list running builds");
    return builds.values().stream()
        .filter(build -> build.progress() instanceof BuildState.Running)
        .toList();
  }

  private List<BuildState> ofRelease(ReleaseId release) {
    return builds.values().stream().filter(b -> b.release().equals(release)).toList();
  }

  @Override
  public Optional<BuildState> get(String buildId) {
    boundary.look("get build");
    return Optional.ofNullable(builds.get(buildId));
  }

  @Override
  public String submit(BuildOrder order) {
    return boundary.effect(
        "submit build",
        () -> {
          String id = "build-" + (builds.size() + 1);
          BuildState build = new BuildState(id, order.release(), new BuildState.Running());
          submitted.accept(build);
          builds.put(id, build);
          return id;
        });
  }

  @Override
  public void cancel(String buildId) {
    boundary.effect(
        "cancel build", () -> builds.computeIfPresent(buildId, (id, b) -> ended(b, new BuildState.Stopped())));
  }

  private static BuildState ended(BuildState build, BuildState.Progress progress) {
    return build.progress() instanceof BuildState.Running
        ? new BuildState(build.id(), build.release(), progress)
        : build;
  }

  /** Lets every running build end. */
  void finishBuilds() {
    builds.replaceAll((id, b) -> ended(b, outcome.apply(b.release())));
  }

  /** Lets one build end, if it still runs. */
  void finish(String build, BuildState.Progress progress) {
    builds.computeIfPresent(build, (id, b) -> ended(b, progress));
  }

  /** How many builds of a release run, or ran to a result. */
  long effectiveBuilds(ReleaseId release) {
    return ofRelease(release).stream()
        .filter(b -> !(b.progress() instanceof BuildState.Stopped))
        .filter(b -> !(b.progress() instanceof BuildState.Lost))
        .count();
  }

  @Override
  public Image measure(ReleaseId release, String digest) {
    images.push(release, digest, now.get());
    return new Image("registry/team/" + release.service(), digest, 1000, 2000, List.of());
  }

  @Override
  public Image copy(Image from, ReleaseId release) {
    return boundary.effect(
        "copy image",
        () -> {
          images.push(release, from.digest(), now.get());
          return from.named("registry/team/" + release.service());
        });
  }

  @Override
  public Optional<Long> stated(Image image) {
    return Optional.of(statedBytes.getAsLong());
  }

  @Override
  public Optional<ServiceState> read(ServiceName name, String revision) {
    boundary.look("read service");
    return Optional.ofNullable(services.get(name.value())).map(s -> state(name, s, revision));
  }

  private ServiceState state(ServiceName name, Service service, String revision) {
    List<Target> serving =
        service.traffic.stream()
            .filter(t -> readiness.apply(t.revision()) instanceof Readiness.Ready)
            .map(t -> new Target(t.revision(), t.percent(), t.tag(), t.tag().map(tag -> root + t.revision())))
            .toList();
    return new ServiceState(
        name.value(),
        root + name,
        "etag-" + service.version,
        !stuck,
        service.traffic,
        serving,
        careless ? 0 : service.epoch,
        Optional.ofNullable(service.revisions.get(revision))
            .map(image -> new ServiceState.Revision(revision, readiness.apply(revision))));
  }

  @Override
  public void deploy(Optional<ServiceState> basis, Deployment deployment) {
    boundary.effect(
        "deploy",
        () -> {
          String name = deployment.release().service().value();
          Service service = services.computeIfAbsent(name, n -> new Service());
          requireCurrent(basis, service);
          images.require(deployment.image());
          String revision = deployment.release().revision();
          String image = service.revisions.putIfAbsent(revision, deployment.image());
          madeAt.putIfAbsent(revision, now.get());
          if (image != null && !image.equals(deployment.image())) {
            throw new IllegalStateException("409: revision exists with another image");
          }
          List<Traffic.Share> shares =
              deployment.traffic().isEmpty()
                  ? List.of(new Traffic.Share(revision, 100))
                  : deployment.traffic();
          change(service, new Traffic(shares, Optional.of(revision), deployment.epoch()));
          return service;
        });
  }

  /** What a release's job comes to. */
  Function<ReleaseId, JobState> job = id -> new JobState.Succeeded();

  /** The jobs that were run, in order. */
  final List<ReleaseId> jobs = new ArrayList<>();

  @Override
  public Optional<JobState> findJob(ReleaseId release) {
    boundary.look("get job");
    return jobs.contains(release) ? Optional.of(job.apply(release)) : Optional.empty();
  }

  @Override
  public void run(JobOrder order) {
    boundary.effect("run job", () -> jobs.contains(order.release()) || jobs.add(order.release()));
  }

  @Override
  public List<Cleanup.Kept> list(ServiceName service) {
    boundary.look("list revisions");
    Service found = services.get(service.value());
    return found == null
        ? List.of()
        : found.revisions.entrySet().stream()
            .map(
                made ->
                    new Cleanup.Kept(
                        made.getKey(),
                        madeAt.getOrDefault(made.getKey(), Instant.EPOCH),
                        List.of(made.getValue())))
            .toList();
  }

  @Override
  public boolean delete(ServiceName service, String revision) {
    return boundary.effect(
        "delete revision",
        () -> {
          Service found = service(service.value());
          boolean used = found.traffic.stream().anyMatch(t -> t.revision().equals(revision));
          return !used && found.revisions.remove(revision) != null;
        });
  }

  @Override
  public void shift(ServiceState basis, Traffic traffic) {
    boundary.effect(
        "shift",
        () -> {
          Service service = service(basis.name());
          requireCurrent(Optional.of(basis), service);
          change(service, traffic);
          return service;
        });
  }

  private void requireCurrent(Optional<ServiceState> basis, Service service) {
    Runnable other = beforeWrite;
    beforeWrite = () -> {};
    other.run();
    String expected = basis.map(ServiceState::etag).orElse("etag-1");
    if (!careless && !expected.equals("etag-" + service.version)) {
      throw new StaleServiceException("the service has changed");
    }
  }

  private Service service(String name) {
    return Objects.requireNonNull(services.get(name), name);
  }

  private void change(Service service, Traffic asked) {
    // Without the fence nobody is shown the epoch; what only puts back what it read is no rollout.
    Traffic traffic =
        careless && asked.epoch() == 0
            ? new Traffic(asked.shares(), asked.tagged(), service.epoch)
            : asked;
    changing.accept(traffic);
    List<Target> targets = new ArrayList<>();
    traffic.shares().forEach(s -> targets.add(target(s.revision(), s.percent(), Optional.empty())));
    traffic.tagged().ifPresent(r -> targets.add(target(r, 0, Optional.of(ServiceName.TAG))));
    service.traffic = targets;
    service.epoch = traffic.epoch();
    service.version++;
    history.add(
        traffic.shares().stream()
            .map(s -> s.revision() + "=" + s.percent())
            .sorted()
            .reduce((a, b) -> a + " " + b)
            .orElseThrow());
  }

  /** A person changes the traffic by hand. */
  void pin(String service, String revision) {
    pinned.add(revision);
    Service found = service(service);
    found.traffic = List.of(target(revision, 100, Optional.empty()));
    found.version++;
  }

  /** A person changes something that is none of Slipway's. */
  void touch(String service) {
    service(service).version++;
  }

  /** A revision is deleted. */
  void delete(String service, String revision) {
    service(service).revisions.remove(revision);
  }

  private static Target target(String revision, int percent, Optional<String> tag) {
    return new Target(revision, percent, tag, Optional.empty());
  }

  @Override
  public SmokeResult run(Address address, SmokeTest test, int warmup) {
    boundary.look("smoke");
    return smoke.apply(address.uri());
  }

  /** The names of a service's revisions; empty when there is no such service. */
  Set<String> revisions(String service) {
    return services.containsKey(service) ? service(service).revisions.keySet() : Set.of();
  }

  @Override
  public void sample(Address address, SmokeTest test) {
    boundary.look("sample");
    for (int i = 0; i < test.requests(); i++) {
      sampled.add(clock.instant());
    }
  }

  @Override
  public Measurements read(ServiceName service, Rollout rollout, Windows windows) {
    boundary.look("read metrics");
    readings++;
    if (unreadable.isPresent()) {
      return Measurements.unreadable(unreadable.get());
    }
    List<Measurements.Slice> candidate = new ArrayList<>(slices(rollout.revision(), windows));
    candidate.addAll(own(windows));
    return Measurements.of(
        candidate,
        rollout.baseline().map(stable -> slices(stable, windows)).orElse(List.of()));
  }

  private List<Measurements.Slice> slices(String revision, Windows windows) {
    List<Measurements.Slice> slices = new ArrayList<>();
    for (int i = 0; i < windows.count(); i++) {
      Instant from = windows.since().plus(windows.length().multipliedBy(i));
      Instant to = from.plus(windows.length());
      slices.add(new Measurements.Slice(from, to, answers.of(revision, from, to)));
    }
    return slices;
  }

  /** The requests Slipway sent the candidate itself, which it answered well. */
  private List<Measurements.Slice> own(Windows windows) {
    List<Measurements.Slice> slices = new ArrayList<>();
    for (int i = 0; i < windows.count(); i++) {
      Instant from = windows.since().plus(windows.length().multipliedBy(i));
      Instant to = from.plus(windows.length());
      long own = sampled.stream().filter(at -> !at.isBefore(from) && at.isBefore(to)).count();
      slices.add(new Measurements.Slice(from, to, new Tally(own, 0, Histogram.EMPTY)));
    }
    return slices;
  }

  @Override
  public Signals read(ServiceName service, Rollout rollout, Instant since) {
    boundary.look("read logs");
    return new Signals(
        logged.apply(rollout.revision()),
        rollout.baseline().map(logged).orElse(List.of()),
        new Signals.Synthetic(sampled.stream().filter(at -> !at.isBefore(since)).toList()),
        Optional.empty());
  }

  /** Percent by revision, of those that have any. */
  Map<String, Integer> split(String service) {
    Map<String, Integer> split = new LinkedHashMap<>();
    service(service)
        .traffic
        .forEach(t -> split.merge(t.revision(), t.percent(), Integer::sum));
    split.values().removeIf(percent -> percent == 0);
    return split;
  }
}
