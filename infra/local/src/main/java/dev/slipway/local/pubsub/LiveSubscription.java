package dev.slipway.local.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.Subscription;
import dev.slipway.local.server.Calls;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A subscription at work: its configuration, its backlog and, if it is pushed, its pushing. */
final class LiveSubscription {

  private final Backlog backlog;
  private final Pushing pushing;
  private final Filter filter;
  private final MessagePlan plan;
  private volatile Subscription config;
  private @Nullable Outlet pushOutlet;

  LiveSubscription(
      Subscription config, Backlog backlog, Pushing pushing, MessagePlan plan) {
    this.config = config;
    this.backlog = backlog;
    this.pushing = pushing;
    this.plan = plan;
    filter = FilterParser.parse(config.getFilter());
  }

  Subscription config() {
    return config;
  }

  Backlog backlog() {
    return backlog;
  }

  boolean receivesFrom(String topic) {
    return !config.getDetached() && config.getTopic().equals(topic);
  }

  /** Adds the message, unless the filter acknowledges it unseen or the plan loses it. */
  void offer(PubsubMessage message) {
    if (filter.matches(message.getAttributesMap())) {
      List<Duration> delays = plan.delays(config.getName(), message);
      if (!delays.isEmpty()) {
        backlog.add(message, delays);
      }
    }
  }

  /**
   * The backlog, for a client that pulls.
   *
   * @throws StatusRuntimeException FAILED_PRECONDITION when it is detached or pushed
   */
  Backlog pulled() {
    if (config.getDetached()) {
      throw detached(config.getName()).asRuntimeException();
    }
    if (isPushed(config)) {
      throw Status.FAILED_PRECONDITION
          .withDescription("This method is not supported for this subscription type.")
          .asRuntimeException();
    }
    return backlog;
  }

  static Status detached(String name) {
    return Status.FAILED_PRECONDITION.withDescription(
        "The subscription %s is detached from its topic.".formatted(Names.id(name)));
  }

  /** Begins to push if it is to; again after a change. */
  synchronized void resume() {
    if (isPushed(config) && pushOutlet == null && !config.getDetached()) {
      pushOutlet = pushing.outlet(this);
      backlog.attach(pushOutlet);
    }
    backlog.wake();
  }

  synchronized void use(Subscription changed) {
    PushConfig before = config.getPushConfig();
    config = changed;
    backlog.use(new Terms(changed));
    if (pushOutlet != null && !changed.getPushConfig().equals(before)) {
      backlog.detach(pushOutlet);
      pushOutlet = null;
    }
    resume();
  }

  /** Ends delivery and drops the messages, as the subscription is gone. */
  void delete() {
    backlog.close(Calls.notFound(Names.id(config.getName())).getStatus(), true);
  }

  /** Ends delivery and drops the messages; the subscription stays, of no topic. */
  void detach() {
    config = config.toBuilder().setDetached(true).build();
    backlog.close(detached(config.getName()), true);
  }

  /** Ends delivery until the next start. */
  void stop() {
    backlog.close(Status.UNAVAILABLE.withDescription("The laptop cloud is stopping."), false);
  }

  private static boolean isPushed(Subscription config) {
    return !config.getPushConfig().getPushEndpoint().isEmpty();
  }
}
