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

  private final String root;
  private final Boundary boundary;
  private final Clock clock;
  private final SimulatedImages images;
  private final Map<String, SimulatedService> services = new LinkedHashMap<>();

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
    service(service).pin(revision);
  }

  /** A person changes something that is none of Slipway's. */
  void touch(String service) {
    service(service).touch();
  }

  /** A revision is gone, whoever deleted it. */
  void lose(String service, String revision) {
    service(service).lose(revision);
  }

  /** The names of a service's revisions; empty when there is no such service. */
  Set<String> revisions(String service) {
    return find(service).map(SimulatedService::revisions).orElse(Set.of());
  }

  /** Percent by revision, of those that have any. */
  Map<String, Integer> split(String service) {
    return service(service).split();
  }

  @Override
  public Optional<ServiceState> read(ServiceName name, String revision) {
    boundary.look("read service");
    return find(name.value()).map(service -> state(name, service, revision));
  }

  @Override
  public void deploy(Optional<ServiceState> basis, Deployment deployment) {
    boundary.effect(
        "deploy",
        () -> {
          String name = deployment.release().service().value();
          SimulatedService service =
              services.computeIfAbsent(name, n -> new SimulatedService());
          requireCurrent(basis, service);
          images.require(deployment.image());
          String revision = deployment.release().revision();
          service.make(revision, deployment.image(), clock.instant());
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
          SimulatedService service = service(basis.name());
          requireCurrent(Optional.of(basis), service);
          change(service, traffic);
          return service;
        });
  }

  @Override
  public List<Cleanup.Kept> list(ServiceName service) {
    boundary.look("list revisions");
    return find(service.value()).map(SimulatedService::kept).orElse(List.of());
  }

  @Override
  public boolean delete(ServiceName service, String revision) {
    return boundary.effect(
        "delete revision",
        () -> {
          SimulatedService found = service(service.value());
          boolean unused = !found.names(revision) && found.revisions().contains(revision);
          if (unused) {
            deleting.accept(revision);
            found.lose(revision);
          }
          return unused;
        });
  }

  private Optional<SimulatedService> find(String name) {
    return Optional.ofNullable(services.get(name));
  }

  private SimulatedService service(String name) {
    return Objects.requireNonNull(services.get(name), name);
  }

  private ServiceState state(ServiceName name, SimulatedService service, String revision) {
    return new ServiceState(
        name.value(),
        root + name,
        service.etag(),
        !stuck,
        service.traffic(),
        service.traffic().stream().filter(this::isReady).map(this::reachable).toList(),
        careless ? 0 : service.epoch(),
        Optional.of(revision)
            .filter(service.revisions()::contains)
            .map(found -> new ServiceState.Revision(found, readiness.apply(found))));
  }

  private boolean isReady(Target target) {
    return readiness.apply(target.revision()) instanceof Readiness.Ready;
  }

  private Target reachable(Target target) {
    return new Target(
        target.revision(),
        target.percent(),
        target.tag(),
        target.tag().map(tag -> root + target.revision()));
  }

  private void requireCurrent(Optional<ServiceState> basis, SimulatedService service) {
    Runnable other = beforeWrite;
    beforeWrite = () -> {};
    other.run();
    String expected = basis.map(ServiceState::etag).orElse(SimulatedService.FIRST_ETAG);
    if (!careless && !expected.equals(service.etag())) {
      throw new StaleServiceException("the service has changed");
    }
  }

  private void change(SimulatedService service, Traffic asked) {
    // Without the fence nobody is shown the epoch; what only puts back what it read is no rollout.
    Traffic traffic =
        careless && asked.epoch() == 0
            ? new Traffic(asked.shares(), asked.tagged(), service.epoch())
            : asked;
    changing.accept(traffic);
    service.spread(traffic);
    history.add(service.toString());
  }
}
