package dev.slipway.local.run;

import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.ExecutionsGrpc;
import com.google.cloud.run.v2.GetExecutionRequest;
import com.google.cloud.run.v2.ListExecutionsRequest;
import com.google.cloud.run.v2.ListExecutionsResponse;
import dev.slipway.local.server.Calls;
import io.grpc.stub.StreamObserver;

/** {@code google.cloud.run.v2.Executions}: read and listed. */
final class ExecutionsApi extends ExecutionsGrpc.ExecutionsImplBase {

  private final JobCatalog catalog;

  ExecutionsApi(JobCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public void getExecution(GetExecutionRequest request, StreamObserver<Execution> call) {
    Calls.answer(call, () -> catalog.requireExecution(request.getName()));
  }

  @Override
  public void listExecutions(
      ListExecutionsRequest request, StreamObserver<ListExecutionsResponse> call) {
    Calls.answer(
        call,
        () -> {
          catalog.requireJob(request.getParent());
          Page<Execution> page =
              Page.of(
                  catalog.executions(request.getParent() + "/executions/"),
                  Execution::getName,
                  request.getPageSize(),
                  request.getPageToken());
          return ListExecutionsResponse.newBuilder()
              .addAllExecutions(page.items())
              .setNextPageToken(page.nextToken())
              .build();
        });
  }
}
