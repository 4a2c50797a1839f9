package dev.slipway.local.builds;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.Build.FailureInfo;
import dev.slipway.local.time.Scheduler;
import io.grpc.Status;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Carries builds out in the order of submission, a few at a time, and moves each through its
 * statuses: QUEUED, WORKING, and one of the terminal ones. A cancelled or timed-out build is over at
 * once; its place is free when its engine has ended it.
 */
final class BuildQueue {

  private static final Logger LOG = System.getLogger(BuildQueue.class.getName());

  private record Running(Cancellation cancellation, BuildLog log, Scheduler.Task timeout) {}

  private final Builds builds;
  private final BuildLogs logs;
  private final Engine engine;
  private final Clock clock;
  private final Scheduler scheduler;
  private final int limit;
  private final Deque<String> waiting = new ArrayDeque<>();
  private final Map<String, Running> running = new HashMap<>();
  private boolean open = true;

  /**
   * @param limit how many builds run at a time
   */
  BuildQueue(
      Builds builds, BuildLogs logs, Engine engine, Clock clock, Scheduler scheduler, int limit) {
    this.builds = builds;
    this.logs = logs;
    this.engine = engine;
    this.clock = clock;
    this.scheduler = scheduler;
    this.limit = limit;
  }

  /** Takes in a build; it starts when there is room. */
  synchronized void submit(Build build) {
    builds.add(build);
    enqueue(build);
  }

  private void enqueue(Build build) {
    waiting.add(build.getId());
    scheduler.schedule(Times.duration(build.getQueueTtl()), () -> expire(build.getId()));
    scheduler.soon(this::startWhatFits);
  }

  /** Takes up what an earlier run left: what was queued is queued, what ran is lost and says so. */
  synchronized void resume() {
    for (Build build : builds.oldestFirst().filter(b -> !Builds.isOver(b)).toList()) {
      if (build.getStatus() == Build.Status.QUEUED) {
        enqueue(build);
      } else {
        String lost =
            "The laptop cloud stopped while this build was running. Submit it again (retry).";
        BuildLog log = logs.open(build);
        logs.finish(build, log, "ERROR: " + lost);
        end(build.toBuilder().setStatusDetail(lost), Build.Status.INTERNAL_ERROR);
      }
    }
  }

  private synchronized void startWhatFits() {
    while (open && running.size() < limit && !waiting.isEmpty()) {
      builds.find(waiting.remove()).ifPresent(this::start);
    }
  }

  private void start(Build queued) {
    Build build =
        queued.toBuilder()
            .setStatus(Build.Status.WORKING)
            .setStartTime(Times.of(clock.instant()))
            .build();
    BuildLog log = logs.open(build);
    logs.follow(build, log, scheduler);
    Cancellation cancellation = new Cancellation();
    Scheduler.Task timeout =
        scheduler.schedule(
            Times.duration(build.getTimeout()),
            () -> stop(build.getId(), Build.Status.TIMEOUT, "TIMEOUT: the build ran out of time"));
    running.put(build.getId(), new Running(cancellation, log, timeout));
    builds.change(build);
    log.line("starting build \"" + build.getId() + "\"");
    scheduler.soon(() -> carryOut(new Job(build, log, cancellation)));
  }

  private void carryOut(Job job) {
    try {
      engine.run(job, outcome -> finish(job, outcome));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "build " + job.build().getId() + " broke its engine", e);
      finish(
          job,
          new Outcome.Broken(job.build(), "The build's engine failed: " + e + ". Submit it again."));
    }
  }

  private void finish(Job job, Outcome outcome) {
    synchronized (this) {
      if (!open || !running.containsKey(job.build().getId())) {
        return; // closing: the next start finds the build WORKING and says that it was lost
      }
    }
    Build now = builds.find(job.build().getId()).orElseThrow();
    logs.finish(now, job.log(), lastLine(now, outcome));
    synchronized (this) {
      Running ended = running.remove(now.getId());
      if (ended != null) {
        ended.timeout().cancel();
      }
      Build latest = builds.find(now.getId()).orElseThrow();
      if (open && !Builds.isOver(latest)) {
        settle(outcome);
      }
    }
    startWhatFits();
  }

  private static String lastLine(Build now, Outcome outcome) {
    if (Builds.isOver(now)) {
      return now.getStatus() == Build.Status.TIMEOUT ? "TIMEOUT" : "CANCELLED";
    }
    return switch (outcome) {
      case Outcome.Succeeded unused -> "DONE";
      case Outcome.Failed failed -> "ERROR: " + failed.detail();
      case Outcome.Broken broken -> "ERROR: " + broken.detail();
    };
  }

  private void settle(Outcome outcome) {
    Build.Builder build = outcome.build().toBuilder();
    switch (outcome) {
      case Outcome.Succeeded unused -> end(build, Build.Status.SUCCESS);
      case Outcome.Failed(Build unused, FailureInfo.FailureType type, String detail) ->
          end(
              build
                  .setStatusDetail(detail)
                  .setFailureInfo(FailureInfo.newBuilder().setType(type).setDetail(detail)),
              Build.Status.FAILURE);
      case Outcome.Broken(Build unused, String detail) ->
          end(build.setStatusDetail(detail), Build.Status.INTERNAL_ERROR);
    }
  }

  private void end(Build.Builder build, Build.Status status) {
    builds.change(build.setStatus(status).setFinishTime(Times.of(clock.instant())).build());
  }

  /** Cancels a build; FAILED_PRECONDITION when it is over. */
  synchronized Build cancel(Build build) {
    if (Builds.isOver(builds.find(build.getId()).orElseThrow())) {
      throw Status.FAILED_PRECONDITION
          .withDescription(
              "build %s cannot be cancelled: its status is %s"
                  .formatted(build.getId(), build.getStatus()))
          .asRuntimeException();
    }
    stop(build.getId(), Build.Status.CANCELLED, "CANCELLED: the build was cancelled");
    return builds.find(build.getId()).orElseThrow();
  }

  private synchronized void stop(String id, Build.Status status, String lastLine) {
    Build build = builds.find(id).orElseThrow();
    if (!open || Builds.isOver(build)) {
      return;
    }
    waiting.remove(id);
    end(build.toBuilder(), status);
    Running under = running.get(id);
    if (under != null) {
      under.timeout().cancel();
      under.log().line(lastLine);
      scheduler.soon(under.cancellation()::cancel); // the engine may take its time to stop
    }
  }

  private synchronized void expire(String id) {
    if (waiting.contains(id)) {
      stop(id, Build.Status.EXPIRED, "");
    }
  }

  /** Ends what is under way; its builds stay WORKING in the state, for the next start to settle. */
  void close() {
    List<Running> stopped;
    synchronized (this) {
      open = false;
      waiting.clear();
      stopped = List.copyOf(running.values());
    }
    stopped.forEach(each -> each.timeout().cancel());
    stopped.forEach(each -> each.cancellation().cancel());
    engine.close();
    stopped.forEach(each -> each.log().close());
  }
}
