package dev.slipway.local.run;

import com.google.cloud.run.v2.DeleteRevisionRequest;
import com.google.cloud.run.v2.GetRevisionRequest;
import com.google.cloud.run.v2.ListRevisionsRequest;
import com.google.cloud.run.v2.ListRevisionsResponse;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionsGrpc;
import com.google.longrunning.Operation;
import dev.slipway.local.server.Calls;
import io.grpc.stub.StreamObserver;

/** {@code google.cloud.run.v2.Revisions}. */
final class RevisionsApi extends RevisionsGrpc.RevisionsImplBase {

  private final Catalog catalog;
  private final Removals removals;

  RevisionsApi(Catalog catalog, Removals removals) {
    this.catalog = catalog;
    this.removals = removals;
  }

  @Override
  public void getRevision(GetRevisionRequest request, StreamObserver<Revision> call) {
    Calls.answer(call, () -> catalog.requireRevision(request.getName()));
  }

  @Override
  public void listRevisions(
      ListRevisionsRequest request, StreamObserver<ListRevisionsResponse> call) {
    Calls.answer(
        call,
        () -> {
          ServiceName service = ServiceName.parse(request.getParent());
          catalog.requireService(service);
          Page<Revision> page =
              Page.of(
                  catalog.revisions(service),
                  Revision::getName,
                  request.getPageSize(),
                  request.getPageToken());
          return ListRevisionsResponse.newBuilder()
              .addAllRevisions(page.items())
              .setNextPageToken(page.nextToken())
              .build();
        });
  }

  @Override
  public void deleteRevision(DeleteRevisionRequest request, StreamObserver<Operation> call) {
    Calls.answer(call, () -> removals.delete(request));
  }
}
