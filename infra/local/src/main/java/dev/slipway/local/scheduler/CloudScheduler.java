package dev.slipway.local.scheduler;

import dev.slipway.local.server.CloudService;
import dev.slipway.local.time.Scheduler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One job: publishes the message <code>{}</code> to a topic, at its pace while something stirs and
 * seldom while nothing does.
 */
public final class CloudScheduler implements CloudService {

  private static final Logger LOG = System.getLogger(CloudScheduler.class.getName());

  /**
   * The job.
   *
   * @param topic the short name of the topic published to
   * @param rest how often once nothing has stirred for as long as that; the same as {@code every}
   *     for one pace always
   */
  public record Job(String topic, Duration every, Duration rest) {

    public Job {
      if (!every.isPositive() || rest.compareTo(every) < 0) {
        throw new IllegalArgumentException(
            "a job runs every so often, at rest no more often, not every %s and %s"
                .formatted(every, rest));
      }
    }

    /** One that has one pace always. */
    public Job(String topic, Duration every) {
      this(topic, every, every);
    }
  }

  private final Job job;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Publisher publisher;
  private Instant stirred;
  private Scheduler.@Nullable Task next;
  private boolean resting;
  private boolean stopped;

  /** Which tick comes next: one that was overtaken has none after it. */
  private long turn;

  public CloudScheduler(Job job, Clock clock, Scheduler scheduler, Publisher publisher) {
    this.job = job;
    this.clock = clock;
    this.scheduler = scheduler;
    this.publisher = publisher;
    stirred = clock.instant();
  }

  @Override
  public synchronized void start() {
    if (!stopped) {
      resting = !clock.instant().isBefore(stirred.plus(job.rest()));
      long mine = ++turn;
      next = scheduler.schedule(resting ? job.rest() : job.every(), () -> run(mine));
    }
  }

  /** Something stirs: the job goes at its own pace again, from now on. */
  public synchronized void stir() {
    stirred = clock.instant();
    if (resting && next != null) {
      next.cancel();
      start();
    }
  }

  /** Publishes and goes on, whatever becomes of it: the next tick makes up for one that is lost. */
  private void run(long mine) {
    try {
      publisher.publish(job.topic(), Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a tick to topic " + job.topic() + " was lost", e);
    }
    goOn(mine);
  }

  private synchronized void goOn(long mine) {
    if (mine == turn) {
      start();
    }
  }

  @Override
  public synchronized void close() {
    stopped = true;
    if (next != null) {
      next.cancel();
    }
  }
}
