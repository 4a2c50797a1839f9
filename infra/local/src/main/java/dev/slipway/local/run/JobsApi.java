package dev.slipway.local.run;

import com.google.cloud.run.v2.CreateJobRequest;
import com.google.cloud.run.v2.GetJobRequest;
import com.google.cloud.run.v2.Job;
import com.google.cloud.run.v2.JobsGrpc;
import com.google.cloud.run.v2.RunJobRequest;
import com.google.longrunning.Operation;
import dev.slipway.local.server.Calls;
import io.grpc.stub.StreamObserver;

/** {@code google.cloud.run.v2.Jobs}: made, read and run; not listed, changed or deleted. */
final class JobsApi extends JobsGrpc.JobsImplBase {

  private final JobCatalog catalog;
  private final Jobs jobs;

  JobsApi(JobCatalog catalog, Jobs jobs) {
    this.catalog = catalog;
    this.jobs = jobs;
  }

  @Override
  public void createJob(CreateJobRequest request, StreamObserver<Operation> call) {
    Calls.answer(call, () -> jobs.create(request));
  }

  @Override
  public void getJob(GetJobRequest request, StreamObserver<Job> call) {
    Calls.answer(call, () -> catalog.requireJob(request.getName()));
  }

  @Override
  public void runJob(RunJobRequest request, StreamObserver<Operation> call) {
    Calls.answer(call, () -> jobs.run(request));
  }
}
