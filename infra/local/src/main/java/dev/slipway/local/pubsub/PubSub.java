package dev.slipway.local.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.SchemaServiceGrpc;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import dev.slipway.local.server.CloudService;
import dev.slipway.local.state.State;
import dev.slipway.local.time.Scheduler;
import io.grpc.BindableService;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Clock;
import java.util.List;

/**
 * Cloud Pub/Sub ({@code google.pubsub.v1}): topics, subscriptions, pull, streaming pull and push,
 * for clients over gRPC and, by the methods here, for the other services of this process.
 */
public final class PubSub implements CloudService {

  private final Time time;
  private final PushClient pushClient;
  private final Pushing pushing;
  private final Broker broker;

  /**
   * Takes up what {@code state} holds; delivery begins with {@link #start}.
   *
   * @param pushClient closed with this
   */
  public PubSub(State state, Clock clock, Scheduler scheduler, PushClient pushClient) {
    this(state, clock, scheduler, pushClient, MessagePlan.FAITHFUL);
  }

  /** With messages delivered as {@code plan} says. */
  public PubSub(
      State state, Clock clock, Scheduler scheduler, PushClient pushClient, MessagePlan plan) {
    time = new Time(clock, scheduler);
    this.pushClient = pushClient;
    pushing = new Pushing(time, pushClient);
    broker = new Broker(state, time, pushing, plan);
  }

  @Override
  public List<BindableService> grpc() {
    return List.of(
        new PublisherApi(broker),
        new SubscriberApi(broker, time.scheduler()),
        new SchemaServiceGrpc.SchemaServiceImplBase() {});
  }

  @Override
  public void start() {
    broker.resume();
  }

  /** Ends delivery; what is not acknowledged by now is delivered again after the next start. */
  @Override
  public void close() {
    broker.stop();
    pushClient.close();
  }

  /** The topic {@code projects/P/topics/T}, made if absent. */
  public Topic ensureTopic(String name) {
    synchronized (broker) {
      return broker.topics().exists(name)
          ? broker.topics().get(name)
          : broker.createTopic(Topic.newBuilder().setName(name).build());
    }
  }

  /**
   * The subscription of that name, made so if absent; one that is there already stays as it is.
   *
   * @throws StatusRuntimeException NOT_FOUND when its topic is not there
   */
  public Subscription ensureSubscription(Subscription wanted) {
    try {
      return broker.createSubscription(wanted);
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
        throw e;
      }
      return broker.subscriptions().get(wanted.getName()).config();
    }
  }

  /**
   * Publishes one message to {@code projects/P/topics/T}; it is on disk when this returns.
   *
   * @return the message id
   * @throws StatusRuntimeException NOT_FOUND when there is no such topic, INVALID_ARGUMENT when the
   *     message breaks Google's limits
   */
  public String publish(String topicName, PubsubMessage message) {
    return broker.publish(topicName, List.of(message)).getFirst();
  }

  /**
   * Delivers the messages of {@code projects/P/subscriptions/S} to {@code handler}, under that
   * subscription's deadline, backoff, ordering and dead-letter policy, until the result is closed.
   * Without a retry policy a failed message rests 100 ms at first and at most a minute. A
   * subscription delivers to all its receivers in turn, so attach one handler to it, and again
   * after a restart.
   *
   * @param atATime how many messages may be with the handler at a time
   * @throws StatusRuntimeException NOT_FOUND when there is no such subscription
   */
  public Attachment attach(String subscriptionName, int atATime, MessageHandler handler) {
    Backlog backlog = broker.subscriptions().get(subscriptionName).pulled();
    Outlet outlet =
        pushing.outlet(
            backlog,
            delivery -> handler.deliver(delivery.message(), delivery.attempt()),
            Outlet.Limits.of(atATime, 0));
    backlog.attach(outlet);
    return () -> backlog.detach(outlet);
  }

  /** A handler's place at a subscription. */
  public interface Attachment extends AutoCloseable {
    /** Brings no more messages; those under way may still be settled. */
    @Override
    void close();
  }
}
