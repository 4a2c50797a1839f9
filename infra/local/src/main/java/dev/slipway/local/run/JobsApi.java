package dev.slipway.local.run;

import com.google.cloud.run.v2.CreateJobRequest;
import com.google.cloud.run.v2.DeleteJobRequest;
import com.google.cloud.run.v2.GetJobRequest;
import com.google.cloud.run.v2.Job;
import com.google.cloud.run.v2.JobsGrpc;
import com.google.cloud.run.v2.ListJobsRequest;
import com.google.cloud.run.v2.ListJobsResponse;
import com.google.cloud.run.v2.RunJobRequest;
import com.google.cloud.run.v2.UpdateJobRequest;
import com.google.longrunning.Operation;
import dev.slipway.local.server.Calls;
import io.grpc.stub.StreamObserver;

/** {@code google.cloud.run.v2.Jobs}. */
final class JobsApi extends JobsGrpc.JobsImplBase {

  private final JobCatalog catalog;
  private final JobChanges changes;
  private final JobExecutions executions;

  JobsApi(JobCatalog catalog, JobChanges changes, JobExecutions executions) {
    this.catalog = catalog;
    this.changes = changes;
    this.executions = executions;
  }

  @Override
  public void createJob(CreateJobRequest request, StreamObserver<Operation> call) {
    Calls.answer(
        call,
        () -> {
          Operation made = changes.create(request);
          if (!request.getValidateOnly()) {
            begin(catalog.requireJob(JobName.of(request.getParent(), request.getJobId())));
          }
          return made;
        });
  }

  private void begin(Job job) {
    switch (job.getCreateExecutionCase()) {
      case RUN_EXECUTION_TOKEN -> executions.begin(job, job.getRunExecutionToken());
      case START_EXECUTION_TOKEN -> executions.begin(job, job.getStartExecutionToken());
      case CREATEEXECUTION_NOT_SET -> {}
    }
  }

  @Override
  public void getJob(GetJobRequest request, StreamObserver<Job> call) {
    Calls.answer(call, () -> catalog.requireJob(JobName.parse(request.getName())));
  }

  @Override
  public void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> call) {
    Calls.answer(
        call,
        () -> {
          String parent = JobName.of(request.getParent(), "any").parent();
          Page<Job> page =
              Page.of(
                  catalog.jobs(parent), Job::getName, request.getPageSize(), request.getPageToken());
          return ListJobsResponse.newBuilder()
              .addAllJobs(page.items())
              .setNextPageToken(page.nextToken())
              .build();
        });
  }

  @Override
  public void updateJob(UpdateJobRequest request, StreamObserver<Operation> call) {
    Calls.answer(
        call,
        () -> {
          Operation changed = changes.update(request);
          if (!request.getValidateOnly()) {
            begin(catalog.requireJob(JobName.parse(request.getJob().getName())));
          }
          return changed;
        });
  }

  @Override
  public void deleteJob(DeleteJobRequest request, StreamObserver<Operation> call) {
    Calls.answer(call, () -> changes.delete(request));
  }

  @Override
  public void runJob(RunJobRequest request, StreamObserver<Operation> call) {
    Calls.answer(call, () -> executions.run(request));
  }
}
