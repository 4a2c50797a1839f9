package dev.slipway.local.run;

import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.Job;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.slipway.local.server.Calls;
import dev.slipway.local.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVMap;

/** Jobs and their executions, in the state. Its monitor guards changes. */
final class JobCatalog {

  private final State state;
  private final MVMap<String, byte[]> jobs;
  private final MVMap<String, byte[]> executions;

  JobCatalog(State state) {
    this.state = state;
    jobs = state.map("run.job");
    executions = state.map("run.execution");
  }

  Optional<Job> job(String name) {
    byte[] bytes = jobs.get(name);
    try {
      return bytes == null ? Optional.empty() : Optional.of(Job.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw damaged(e);
    }
  }

  Job requireJob(String name) {
    return job(name).orElseThrow(() -> Calls.notFound(name));
  }

  Execution requireExecution(String name) {
    byte[] bytes = executions.get(name);
    if (bytes == null) {
      throw Calls.notFound(name);
    }
    return execution(bytes);
  }

  List<Execution> allExecutions() {
    return executions("");
  }

  /** Those whose names begin so. */
  List<Execution> executions(String prefix) {
    List<Execution> found = new ArrayList<>();
    executions.forEach(
        (name, bytes) -> {
          if (name.startsWith(prefix)) {
            found.add(execution(bytes));
          }
        });
    return found;
  }

  private static Execution execution(byte[] bytes) {
    try {
      return Execution.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw damaged(e);
    }
  }

  void save(Job job) {
    jobs.put(job.getName(), job.toByteArray());
    state.commit();
  }

  void save(Execution execution) {
    executions.put(execution.getName(), execution.toByteArray());
    state.commit();
  }

  private static IllegalStateException damaged(Exception e) {
    return new IllegalStateException("a job's record in the state folder is damaged", e);
  }
}
