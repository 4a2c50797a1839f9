package dev.slipway.local.chaos;

import dev.slipway.local.server.Around;
import dev.slipway.local.server.CloudService;
import dev.slipway.local.state.State;
import dev.slipway.local.time.Scheduler;
import io.grpc.ServerInterceptor;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Faults on purpose. It stands around every API, is asked about every event and message, and does
 * nothing until it is given rules: here, or over HTTP at {@code /chaos}. Rules survive a restart.
 */
public final class Chaos implements CloudService, Around {

  static final String PATH = "/chaos";

  private final Rules rules;
  private final Scheduler scheduler;
  private final Waiting waiting;
  private final AtomicBoolean awaited = new AtomicBoolean();
  private final CountDownLatch restart = new CountDownLatch(1);

  public Chaos(State state, Scheduler scheduler) {
    rules = new Rules(state);
    this.scheduler = scheduler;
    waiting = new Waiting(scheduler);
  }

  @Override
  public Map<String, HttpHandler> http() {
    return Map.of(PATH, new RulesApi(rules, this::restart));
  }

  /** Puts a rule into force, after those already there; the answer has its id. */
  public Standing add(Rule rule) {
    return rules.add(rule);
  }

  /** The rules in force, and what each did so far. */
  public List<Standing> rules() {
    return rules.all();
  }

  /** Takes every rule back; what is delayed or stalled by then ends as it was told. */
  public void clear() {
    rules.clear();
  }

  /** Waits until somebody asks for a restart; whoever waits here carries it out. */
  public void awaitRestart() throws InterruptedException {
    awaited.set(true);
    restart.await();
  }

  /** Ends that wait, for there is nothing left to restart. */
  public void waitNoLonger() {
    restart.countDown();
  }

  private boolean restart() {
    if (awaited.get()) {
      // Later, so that the request is answered before the cloud stops.
      scheduler.schedule(Duration.ofMillis(100), restart::countDown);
    }
    return awaited.get();
  }

  @Override
  public ServerInterceptor rpc() {
    return new RpcFaults(rules, scheduler);
  }

  @Override
  public HttpHandler http(HttpHandler next) {
    return new HttpFaults(rules, waiting, next);
  }

  /**
   * What becomes of an event or a message.
   *
   * @param faithful a delay for each time it would come
   * @return a delay for each time it comes
   */
  public List<Duration> delays(Place place, String name, List<Duration> faithful) {
    return Messages.delays(faithful, rules.strike(place, name));
  }

  /** A call of a function, answered by an HTTP status. */
  @FunctionalInterface
  public interface FunctionCall {
    int make() throws IOException, InterruptedException;
  }

  /**
   * Calls a function, as the rules let it.
   *
   * @return the status the caller sees
   * @throws IOException when the call fails, or is told to time out
   */
  public int call(String function, FunctionCall call) throws IOException, InterruptedException {
    Mishap mishap = Mishap.of(rules.strike(Place.FUNCTION, function));
    waiting.hold(mishap.stall());
    if (mishap.failure().isEmpty()) {
      return call.make();
    }
    Standing failure = mishap.failure().get();
    if (failure.rule().fault() != Fault.BEFORE) {
      call.make();
    }
    if (failure.rule().fault() == Fault.TIMEOUT) {
      waiting.hold(failure.rule().duration());
      throw new IOException(Mishap.words(failure));
    }
    return Answers.http(failure.rule().status());
  }
}
