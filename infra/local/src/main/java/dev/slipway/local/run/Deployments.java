package dev.slipway.local.run;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Condition.State;
import com.google.cloud.run.v2.CreateServiceRequest;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.protobuf.FieldMask;
import dev.slipway.local.operations.Operations;
import dev.slipway.local.run.Addresses.Address;
import dev.slipway.local.run.Catalog.Change;
import dev.slipway.local.server.Calls;
import io.grpc.Status;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the changes users ask for: checks them whole, writes them down and hands them on. What can
 * be refused is refused here, before anything is changed.
 */
final class Deployments {

  private static final String USER = "developer@laptop";

  private final Catalog catalog;
  private final Operations operations;
  private final Ids ids;
  private final Conditions conditions;
  private final NewRevisions revisions;
  private final Splitter splitter;
  private final Reconciler reconciler;

  Deployments(
      Catalog catalog,
      Operations operations,
      Ids ids,
      Conditions conditions,
      Splitter splitter,
      Reconciler reconciler) {
    this.catalog = catalog;
    this.operations = operations;
    this.ids = ids;
    this.conditions = conditions;
    this.splitter = splitter;
    this.reconciler = reconciler;
    revisions = new NewRevisions(catalog, ids, conditions);
  }

  Operation create(CreateServiceRequest request) {
    ServiceName name = ServiceName.of(request.getParent(), request.getServiceId());
    synchronized (catalog) {
      if (catalog.service(name).isPresent()) {
        throw Calls.alreadyExists(name.toString());
      }
      return apply(
          name,
          null,
          Desired.merge(blank(name), request.getService(), FieldMask.getDefaultInstance()),
          request.getValidateOnly());
    }
  }

  Operation update(UpdateServiceRequest request) {
    Service wanted = request.getService();
    ServiceName name = ServiceName.parse(wanted.getName());
    synchronized (catalog) {
      Optional<Service> found = catalog.service(name);
      if (found.isEmpty() && !request.getAllowMissing()) {
        throw Calls.notFound(name.toString());
      }
      found.ifPresent(current -> checkEtag(current, wanted.getEtag()));
      Service base = found.orElseGet(() -> blank(name));
      FieldMask mask = found.isPresent() ? request.getUpdateMask() : FieldMask.getDefaultInstance();
      return apply(
          name, found.orElse(null), Desired.merge(base, wanted, mask), request.getValidateOnly());
    }
  }

  /** ABORTED when {@code etag} is given and not the current one. */
  static void checkEtag(Service current, String etag) {
    if (!etag.isEmpty() && !etag.equals(current.getEtag())) {
      throw Status.ABORTED
          .withDescription(
              "Conflict for resource '%s': version '%s' was specified but current version is '%s'."
                  .formatted(ServiceName.lastPart(current.getName()), etag, current.getEtag()))
          .asRuntimeException();
    }
  }

  private Service blank(ServiceName name) {
    return Service.newBuilder()
        .setName(name.toString())
        .setUid(ids.uuid().toString())
        .setCreateTime(conditions.now())
        .setCreator(USER)
        .build();
  }

  private Operation apply(
      ServiceName name, @Nullable Service current, Service merged, boolean validateOnly) {
    Service desired = Defaults.fill(merged);
    Validation.check(name, desired);
    boolean same = current != null && Desired.same(current, desired);
    long generation = desired.getGeneration() + (same ? 0 : 1);
    Optional<String> revision = revisions.name(name, desired, current, generation);
    TrafficRules.check(
        name,
        desired,
        id ->
            revision.filter(id::equals).isPresent()
                || catalog.revision(name.revision(id)).isPresent());
    Service next = next(desired, generation, name, revision);
    String operation = name.operation(ids.uuid().toString());
    if (validateOnly) {
      return Operation.newBuilder()
          .setName(operation)
          .setDone(true)
          .setMetadata(Any.pack(next))
          .setResponse(Any.pack(next))
          .build();
    }
    revision.ifPresent(id -> revisions.make(name, id, next));
    Service saved =
        next.toBuilder().clearUrls().setUri(splitter.open(new Address(name, ""))).build();
    saved = saved.toBuilder().addUrls(saved.getUri()).build();
    catalog.save(saved);
    Operation begun = operations.begin(operation, saved);
    Change change =
        new Change(name, operation, generation, revision.map(name::revision).orElse(""));
    catalog.begun(change);
    reconciler.begin(change);
    return begun;
  }

  private Service next(
      Service desired, long generation, ServiceName name, Optional<String> revision) {
    Condition pending =
        conditions.of(Conditions.READY, State.CONDITION_RECONCILING, "Deploying Service.");
    Service.Builder next =
        desired.toBuilder()
            .setGeneration(generation)
            .setEtag(ids.etag())
            .setUpdateTime(conditions.now())
            .setLastModifier(USER)
            .setReconciling(true)
            .setTerminalCondition(pending)
            .clearConditions()
            .addAllConditions(conditions.service(pending));
    revision.ifPresent(id -> next.setLatestCreatedRevision(name.revision(id)));
    return next.build();
  }
}
