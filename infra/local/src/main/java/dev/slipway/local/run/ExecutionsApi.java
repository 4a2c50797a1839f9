package dev.slipway.local.run;

import com.google.cloud.run.v2.CancelExecutionRequest;
import com.google.cloud.run.v2.DeleteExecutionRequest;
import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.ExecutionsGrpc;
import com.google.cloud.run.v2.GetExecutionRequest;
import com.google.cloud.run.v2.ListExecutionsRequest;
import com.google.cloud.run.v2.ListExecutionsResponse;
import com.google.longrunning.Operation;
import dev.slipway.local.server.Calls;
import io.grpc.stub.StreamObserver;

/** {@code google.cloud.run.v2.Executions}. */
final class ExecutionsApi extends ExecutionsGrpc.ExecutionsImplBase {

  private final JobCatalog catalog;
  private final JobExecutions executions;

  ExecutionsApi(JobCatalog catalog, JobExecutions executions) {
    this.catalog = catalog;
    this.executions = executions;
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
          Page<Execution> page =
              Page.of(
                  catalog.executions(JobName.parse(request.getParent())),
                  Execution::getName,
                  request.getPageSize(),
                  request.getPageToken());
          return ListExecutionsResponse.newBuilder()
              .addAllExecutions(page.items())
              .setNextPageToken(page.nextToken())
              .build();
        });
  }

  @Override
  public void cancelExecution(CancelExecutionRequest request, StreamObserver<Operation> call) {
    Calls.answer(call, () -> executions.cancel(request));
  }

  @Override
  public void deleteExecution(DeleteExecutionRequest request, StreamObserver<Operation> call) {
    Calls.answer(call, () -> executions.delete(request));
  }
}
