package dev.slipway.local;

import dev.slipway.local.builds.EngineChoice;
import dev.slipway.local.events.DeliveryPlan;
import dev.slipway.local.events.Retry;
import dev.slipway.local.functions.FunctionSpec;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.time.RealScheduler;
import dev.slipway.local.time.Scheduler;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a laptop cloud is set up.
 *
 * @param folder where it keeps its state; one cloud at a time uses it
 * @param resources what is there from the start
 * @param functions the functions to host, given where the cloud listens
 * @param time what it takes for time
 * @param delivery how events are brought to functions
 * @param engine what builds are carried out with
 * @param ports where to listen; empty to listen where it did last, or else on any free ports
 * @param indexes Firestore's declared indexes, as {@code firestore.indexes.json} has them; empty to
 *     serve every query
 */
public record CloudConfig(
    Path folder,
    CloudResources resources,
    Function<Endpoints, List<FunctionSpec>> functions,
    Time time,
    Delivery delivery,
    EngineChoice engine,
    Optional<Endpoints> ports,
    Optional<String> indexes) {

  /** With this machine's cargo for an engine. */
  public CloudConfig(
      Path folder,
      CloudResources resources,
      Function<Endpoints, List<FunctionSpec>> functions,
      Time time,
      Delivery delivery) {
    this(
        folder,
        resources,
        functions,
        time,
        delivery,
        EngineChoice.HOST,
        Optional.empty(),
        Optional.empty());
  }

  public CloudConfig with(EngineChoice other) {
    return new CloudConfig(folder, resources, functions, time, delivery, other, ports, indexes);
  }

  public CloudConfig at(Endpoints given) {
    return new CloudConfig(
        folder, resources, functions, time, delivery, engine, Optional.of(given), indexes);
  }

  /** With a tick only so often while nothing stirs. */
  public CloudConfig resting(Duration rest) {
    Time other = new Time(time.clock(), time.scheduler(), time.tick(), rest);
    return new CloudConfig(
        folder, resources, functions, other, delivery, engine, ports, indexes);
  }

  public CloudConfig indexed(String declared) {
    return new CloudConfig(
        folder, resources, functions, time, delivery, engine, ports, Optional.of(declared));
  }

  /**
   * Time.
   *
   * @param scheduler closed with the cloud where it can be
   * @param tick how often Cloud Scheduler publishes
   * @param rest how often while nothing stirs, and how long that must last
   */
  public record Time(Clock clock, Scheduler scheduler, Duration tick, Duration rest) {

    /** One that never rests. */
    public Time(Clock clock, Scheduler scheduler, Duration tick) {
      this(clock, scheduler, tick, tick);
    }

    /** Wall-clock time, a tick a second. */
    public static Time real() {
      return new Time(Clock.systemUTC(), new RealScheduler(), Duration.ofSeconds(1));
    }
  }

  /** How events are brought to functions. */
  public record Delivery(Retry retry, int concurrency, DeliveryPlan plan) {

    /** Retried soon, eight at a time, no faults put in. */
    public static Delivery laptop() {
      return new Delivery(Retry.LAPTOP, 8, DeliveryPlan.FAITHFUL);
    }
  }
}
