package dev.slipway.cli.simulate;

import dev.slipway.release.Cleanup;
import dev.slipway.release.Deployment;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceState;
import dev.slipway.release.ServiceState.Readiness;
import dev.slipway.release.ServiceState.Target;
import dev.slipway.release.Traffic;
import dev.slipway.rollout.Revisions;
import dev.slipway.rollout.Services;
import dev.slipway.rollout.StaleServiceException;
import java.time.Clock;
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

/** Cloud Run's services in one region, in memory, with their rules about etags and names. */
final class SimulatedServices implements Services, Revisions {

  /** One service as the platform holds it. */
  private static final class Service {
    long version = 1;
    long epoch;
    List<Target> traffic = List.of();
    final Map<String, String> revisions = new LinkedHashMap<>();
  }

  private final String root;
  private final Boundary boundary;
  private final Clock clock;
  private final SimulatedImages images;
  private final Map<String, Service> services = new LinkedHashMap<>();
  private final Map<String, Instant> madeAt = new LinkedHashMap<>();

  /** Every split of the traffic there was, in order: {@code revision=percent}, a blank between. */
  final List<String> history = new ArrayList<>();

  /** The revisions people gave all traffic by hand. */
  final Set<String> pinned = new HashSet<>();

  /** Whether a revision becomes ready. */
  Function<String, Readiness> readiness = revision -> new Readiness.Ready();

  /** Who is told of each change of a service's traffic, before it is made. */
  Consumer<Traffic> changing = traffic -> {};

  /** Who is told of each revision that is about to be deleted. */
  Consumer<String> deleting = revision -> {};

  /** What someone else does to the platform just before the next change of it. */
  Runnable beforeWrite = () -> {};

  /** Whether changes are taken that rest on an old reading. */
  boolean careless;

  /** Whether changes of the traffic are taken, but do not come into force. */
  boolean stuck;

  /**
   * None yet.
   *
   * @param root what the URLs of their revisions begin with
   * @param images where they take their images from
   */
  SimulatedServices(String root, Boundary boundary, Clock clock, SimulatedImages images) {
    this.root = root;
    this.boundary = boundary;
    this.clock = clock;
    this.images = images;
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

  /** A revision is gone, whoever deleted it. */
  void lose(String service, String revision) {
    service(service).revisions.remove(revision);
  }

  /** The names of a service's revisions; empty when there is no such service. */
  Set<String> revisions(String service) {
    return services.containsKey(service) ? service(service).revisions.keySet() : Set.of();
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

  @Override
  public Optional<ServiceState> read(ServiceName name, String revision) {
    boundary.look("read service");
    return Optional.ofNullable(services.get(name.value())).map(s -> state(name, s, revision));
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
          madeAt.putIfAbsent(revision, clock.instant());
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
          if (!used && found.revisions.containsKey(revision)) {
            deleting.accept(revision);
          }
          return !used && found.revisions.remove(revision) != null;
        });
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

  private static Target target(String revision, int percent, Optional<String> tag) {
    return new Target(revision, percent, tag, Optional.empty());
  }
}
