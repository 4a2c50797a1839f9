package dev.slipway.local.run;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Condition.State;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.cloud.run.v2.TrafficTargetStatus;
import dev.slipway.local.operations.Operations;
import dev.slipway.local.run.Addresses.Address;
import dev.slipway.local.run.Catalog.Change;
import io.grpc.Status;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries changes out: starts the revisions they need, then moves the traffic. A change whose
 * revisions do not all become ready moves nothing; the service goes on as it served before.
 */
final class Reconciler {

  private final Catalog catalog;
  private final Operations operations;
  private final Conditions conditions;
  private final Fleet fleet;
  private final Splitter splitter;

  Reconciler(
      Catalog catalog,
      Operations operations,
      Conditions conditions,
      Fleet fleet,
      Splitter splitter) {
    this.catalog = catalog;
    this.operations = operations;
    this.conditions = conditions;
    this.fleet = fleet;
    this.splitter = splitter;
  }

  /** Takes up again what the state says, after a restart. */
  void resume() {
    for (Service service : catalog.allServices()) {
      ServiceName name = ServiceName.parse(service.getName());
      synchronized (catalog) {
        catalog.revisions(name).forEach(fleet::add);
        catalog.save(route(name, service));
      }
      catalog.underWay(name).ifPresent(this::begin);
    }
  }

  /** Starts what {@code change} needs; the rest follows when that is ready or has failed. */
  void begin(Change change) {
    Set<Revision> pending = new LinkedHashSet<>();
    catalog.service(change.service()).ifPresent(service -> needed(service, change, pending));
    if (pending.isEmpty()) {
      fleet.soon(() -> settle(change));
      return;
    }
    AtomicInteger left = new AtomicInteger(pending.size());
    for (Revision revision : pending) {
      fleet.deploy(
          revision,
          outcome -> {
            probed(revision.getName(), outcome);
            if (left.decrementAndGet() == 0) {
              settle(change);
            }
          });
    }
  }

  private void needed(Service service, Change change, Set<Revision> pending) {
    ServiceName name = change.service();
    catalog.revision(change.revision()).filter(Revision::getReconciling).ifPresent(pending::add);
    for (TrafficTarget target : service.getTrafficList()) {
      catalog
          .revision(name.revision(target.getRevision()))
          .filter(Revision::getReconciling)
          .ifPresent(pending::add);
    }
  }

  /** Writes down how a revision's first start ended. */
  private void probed(String name, Startup.Outcome outcome) {
    synchronized (catalog) {
      Revision revision = catalog.revision(name).orElse(null);
      if (revision == null || !revision.getReconciling()) {
        return;
      }
      Revision.Builder settled =
          revision.toBuilder()
              .setReconciling(false)
              .setObservedGeneration(revision.getGeneration())
              .setUpdateTime(conditions.now())
              .clearConditions();
      switch (outcome) {
        case Startup.Ready ready ->
            settled.addAllConditions(conditions.revisionReady(revision.getCreateTime()));
        case Startup.Failed failed -> settled.addAllConditions(conditions.revisionFailed(failed));
      }
      if (outcome instanceof Startup.Ready ready) {
        settled.getContainersBuilder(0).setImage(ready.image());
      }
      catalog.save(settled.build());
    }
  }

  private void settle(Change change) {
    synchronized (catalog) {
      Optional<Service> found = catalog.service(change.service());
      if (found.isEmpty()) {
        operations.fail(
            change.operation(), Status.ABORTED.withDescription("The service was deleted."));
        return;
      }
      Service service = found.get();
      Optional<Status> problem = problem(service, change);
      if (service.getGeneration() == change.generation()) {
        service = problem.isEmpty() ? serve(change, service) : refuse(service, problem.get());
        catalog.save(service);
      }
      catalog.ended(change);
      if (problem.isEmpty()) {
        operations.succeed(change.operation(), service);
      } else {
        operations.fail(change.operation(), problem.get());
      }
    }
  }

  /** What keeps a change from being carried out: a revision that is not ready. */
  private Optional<Status> problem(Service service, Change change) {
    Set<String> needed = new LinkedHashSet<>();
    boolean latest = false;
    if (!change.revision().isEmpty()) {
      needed.add(change.revision());
    }
    for (TrafficTarget target : service.getTrafficList()) {
      if (follows(target.getType())) {
        latest = true;
      } else {
        needed.add(change.service().revision(target.getRevision()));
      }
    }
    if (latest && change.revision().isEmpty() && service.getLatestReadyRevision().isEmpty()) {
      needed.add(service.getLatestCreatedRevision());
    }
    return needed.stream().map(this::unready).flatMap(Optional::stream).findFirst();
  }

  private Optional<Status> unready(String revision) {
    String prefix =
        "Revision '%s' is not ready and cannot serve traffic."
            .formatted(ServiceName.lastPart(revision));
    Optional<Revision> found = catalog.revision(revision);
    if (found.isEmpty()) {
      return Optional.of(Status.NOT_FOUND.withDescription(prefix + " It does not exist."));
    }
    Condition ready = found.get().getConditions(0);
    if (ready.getState() == State.CONDITION_SUCCEEDED) {
      return Optional.empty();
    }
    boolean image = ready.getReason() == Condition.CommonReason.CONTAINER_MISSING;
    return Optional.of(
        (image ? Status.NOT_FOUND : Status.FAILED_PRECONDITION)
            .withDescription(prefix + " " + ready.getMessage()));
  }

  private Service refuse(Service service, Status problem) {
    String message = problem.getDescription() == null ? "" : problem.getDescription();
    Condition failed =
        conditions.of(Conditions.READY, State.CONDITION_FAILED, message).toBuilder()
            .setReason(Condition.CommonReason.REVISION_FAILED)
            .build();
    return service.toBuilder()
        .setReconciling(false)
        .setTerminalCondition(failed)
        .clearConditions()
        .addAllConditions(conditions.service(failed))
        .build();
  }

  private Service serve(Change change, Service service) {
    Condition ready = conditions.of(Conditions.READY, State.CONDITION_SUCCEEDED, "");
    Service.Builder served =
        service.toBuilder()
            .setReconciling(false)
            .setObservedGeneration(service.getGeneration())
            .setTerminalCondition(ready)
            .clearConditions()
            .addAllConditions(conditions.service(ready))
            .clearTrafficStatuses();
    if (!change.revision().isEmpty()) {
      served.setLatestReadyRevision(change.revision());
    }
    for (TrafficTarget target : service.getTrafficList()) {
      served.addTrafficStatuses(
          TrafficTargetStatus.newBuilder()
              .setType(target.getType())
              .setRevision(target.getRevision())
              .setPercent(target.getPercent())
              .setTag(target.getTag()));
    }
    return route(change.service(), served.build());
  }

  /** Sends requests where the service's traffic statuses say, and puts the URLs into it. */
  private Service route(ServiceName name, Service service) {
    Routes routes =
        Routes.of(name, service.getTrafficStatusesList(), service.getLatestReadyRevision());
    String uri = splitter.open(new Address(name, ""));
    Service.Builder routed = service.toBuilder().setUri(uri).clearUrls().addUrls(uri);
    for (TrafficTargetStatus.Builder status : routed.getTrafficStatusesBuilderList()) {
      String tag = status.getTag();
      status.setUri(tag.isEmpty() ? "" : splitter.open(new Address(name, tag)));
    }
    splitter.route(name, routes);
    List<Revision> revisions = catalog.revisions(name);
    fleet.pin(revisions, routes.revisions());
    return routed.build();
  }

  private static boolean follows(TrafficTargetAllocationType type) {
    return type == TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST;
  }
}
