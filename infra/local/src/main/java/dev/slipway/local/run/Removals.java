package dev.slipway.local.run;

import com.google.cloud.run.v2.DeleteRevisionRequest;
import com.google.cloud.run.v2.DeleteServiceRequest;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import com.google.longrunning.Operation;
import com.google.protobuf.Message;
import dev.slipway.local.operations.Operations;
import io.grpc.Status;

/** Deletes services and revisions. */
final class Removals {

  private final Catalog catalog;
  private final Operations operations;
  private final Ids ids;
  private final Conditions conditions;
  private final Fleet fleet;
  private final Splitter splitter;

  Removals(
      Catalog catalog,
      Operations operations,
      Ids ids,
      Conditions conditions,
      Fleet fleet,
      Splitter splitter) {
    this.catalog = catalog;
    this.operations = operations;
    this.ids = ids;
    this.conditions = conditions;
    this.fleet = fleet;
    this.splitter = splitter;
  }

  Operation delete(DeleteServiceRequest request) {
    ServiceName name = ServiceName.parse(request.getName());
    synchronized (catalog) {
      Service service = catalog.requireService(name);
      Deployments.checkEtag(service, request.getEtag());
      Service gone = service.toBuilder().setDeleteTime(conditions.now()).build();
      if (!request.getValidateOnly()) {
        splitter.remove(name);
        catalog.revisions(name).forEach(revision -> fleet.remove(revision.getName()));
        catalog.removeService(name);
      }
      return done(name, gone);
    }
  }

  /** FAILED_PRECONDITION while requests can reach it, or it is the service's latest. */
  Operation delete(DeleteRevisionRequest request) {
    ServiceName name = ServiceName.ofRevision(request.getName());
    synchronized (catalog) {
      Revision revision = catalog.requireRevision(request.getName());
      Service service = catalog.requireService(name);
      if (!request.getEtag().isEmpty() && !request.getEtag().equals(revision.getEtag())) {
        throw Status.ABORTED
            .withDescription("The revision's etag is not the one given.")
            .asRuntimeException();
      }
      refuseIfUsed(name, service, revision.getName());
      Revision gone = revision.toBuilder().setDeleteTime(conditions.now()).build();
      if (!request.getValidateOnly()) {
        fleet.remove(revision.getName());
        catalog.removeRevision(revision.getName());
      }
      return done(name, gone);
    }
  }

  private static void refuseIfUsed(ServiceName name, Service service, String revision) {
    Routes routes =
        Routes.of(name, service.getTrafficStatusesList(), service.getLatestReadyRevision());
    boolean wanted =
        service.getTrafficList().stream()
            .anyMatch(target -> name.revision(target.getRevision()).equals(revision));
    boolean latest = service.getLatestCreatedRevision().equals(revision);
    if (routes.revisions().contains(revision) || wanted || latest) {
      throw Status.FAILED_PRECONDITION
          .withDescription(
              "Revision '%s' cannot be deleted: %s."
                  .formatted(
                      ServiceName.lastPart(revision),
                      latest
                          ? "it is the latest created revision of its service"
                          : "it receives traffic or has a tag"))
          .asRuntimeException();
    }
  }

  private Operation done(ServiceName name, Message gone) {
    String operation = name.operation(ids.uuid().toString());
    operations.begin(operation, gone);
    return operations.succeed(operation, gone);
  }
}
