package dev.slipway.local.scheduler;

import dev.slipway.local.server.CloudService;
import dev.slipway.local.time.Scheduler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One job: publishes the message <code>{}</code> to a topic at a fixed pace. */
public final class CloudScheduler implements CloudService {

  private static final Logger LOG = System.getLogger(CloudScheduler.class.getName());

  /**
   * The job.
   *
   * @param topic the short name of the topic published to
   */
  public record Job(String topic, Duration every) {

    public Job {
      if (!every.isPositive()) {
        throw new IllegalArgumentException("a job runs every so often, not every " + every);
      }
    }
  }

  private final Job job;
  private final Scheduler scheduler;
  private final Publisher publisher;
  private Scheduler.@Nullable Task next;
  private boolean stopped;

  public CloudScheduler(Job job, Scheduler scheduler, Publisher publisher) {
    this.job = job;
    this.scheduler = scheduler;
    this.publisher = publisher;
  }

  @Override
  public synchronized void start() {
    if (!stopped) {
      next = scheduler.schedule(job.every(), this::run);
    }
  }

  /** Publishes and goes on, whatever becomes of it: the next tick makes up for one that is lost. */
  private void run() {
    try {
      publisher.publish(job.topic(), Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a tick to topic " + job.topic() + " was lost", e);
    }
    start();
  }

  @Override
  public synchronized void close() {
    stopped = true;
    if (next != null) {
      next.cancel();
    }
  }
}
