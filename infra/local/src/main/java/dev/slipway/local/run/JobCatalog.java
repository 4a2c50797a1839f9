package dev.slipway.local.run;

import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.Job;
import com.google.protobuf.util.Timestamps;
import dev.slipway.local.server.Calls;
import dev.slipway.local.state.State;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVMap;

/** The jobs and executions there are, by full name; every change is on disk on return. */
final class JobCatalog {

  private final State state;
  private final MVMap<String, byte[]> jobs;
  private final MVMap<String, byte[]> executions;

  JobCatalog(State state) {
    this.state = state;
    jobs = state.map("run.job");
    executions = state.map("run.execution");
  }

  Optional<Job> job(JobName name) {
    return Optional.ofNullable(Records.read(jobs.get(name.toString()), Job.parser()));
  }

  Job requireJob(JobName name) {
    return job(name).orElseThrow(() -> Calls.notFound(name.toString()));
  }

  /** The jobs of a project and location, the newest first. */
  List<Job> jobs(String parent) {
    return Records.below(jobs, parent + "/jobs/", Job.parser()).stream()
        .sorted(
            Comparator.comparing(Job::getCreateTime, Timestamps.comparator())
                .reversed()
                .thenComparing(Job::getName))
        .toList();
  }

  Optional<Execution> execution(String name) {
    return Optional.ofNullable(Records.read(executions.get(name), Execution.parser()));
  }

  Execution requireExecution(String name) {
    return execution(name).orElseThrow(() -> Calls.notFound(name));
  }

  /** The executions of a job, the newest first. */
  List<Execution> executions(JobName job) {
    return newestFirst(Records.below(executions, job + "/executions/", Execution.parser()));
  }

  List<Execution> allExecutions() {
    return newestFirst(Records.below(executions, "", Execution.parser()));
  }

  private static List<Execution> newestFirst(List<Execution> found) {
    return found.stream()
        .sorted(
            Comparator.comparing(Execution::getCreateTime, Timestamps.comparator())
                .reversed()
                .thenComparing(Execution::getName))
        .toList();
  }

  void save(Job job) {
    jobs.put(job.getName(), job.toByteArray());
    state.commit();
  }

  void save(Execution execution) {
    executions.put(execution.getName(), execution.toByteArray());
    state.commit();
  }

  void removeExecution(String name) {
    executions.remove(name);
    state.commit();
  }

  void removeJob(JobName name) {
    executions(name).forEach(execution -> executions.remove(execution.getName()));
    jobs.remove(name.toString());
    state.commit();
  }
}
