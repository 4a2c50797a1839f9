package dev.slipway.local.pubsub;

import com.google.protobuf.FieldMask;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import dev.slipway.local.state.State;
import io.grpc.StatusRuntimeException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * Topics, subscriptions and what passes between them. Every change of structure and every
 * publication goes through here one at a time, so that a message reaches exactly the subscriptions
 * there are, in the order of the message ids.
 */
final class Broker {

  /** As many digits as Google's ids have; of one length, they sort as text too. */
  private static final long FIRST_ID = 10_000_000_000_000_000L;

  /** How many deliveries one run can make before its ack ids would meet those of the next. */
  private static final long LEASES_A_RUN = 1L << 32;

  private static final DateTimeFormatter PUBLISH_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx").withZone(ZoneOffset.UTC);
  private static final String DEAD_LETTER = "CloudPubSubDeadLetterSource";

  private final State state;
  private final Time time;
  private final Pushing pushing;
  private final MessagePlan plan;
  private final Sequence ids;
  private final long firstLease;
  private final Topics topics;
  private final Subscriptions subscriptions;

  Broker(State state, Time time, Pushing pushing, MessagePlan plan) {
    this.state = state;
    this.time = time;
    this.pushing = pushing;
    this.plan = plan;
    var sequences = state.map("pubsub.sequence");
    ids = new Sequence(sequences, "message", FIRST_ID);
    firstLease = new Sequence(sequences, "run", 1).next() * LEASES_A_RUN;
    topics = new Topics(state);
    subscriptions = new Subscriptions(state, this::live);
    state.commit();
  }

  private LiveSubscription live(Subscription config) {
    BacklogStore store = new BacklogStore(state, config.getName());
    Backlog backlog = new Backlog(new Terms(config), store, firstLease, time, this::bury);
    return new LiveSubscription(config, backlog, pushing, plan);
  }

  Topics topics() {
    return topics;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  /**
   * Publishes to each subscription of the topic.
   *
   * @return the ids given, in order
   * @throws StatusRuntimeException NOT_FOUND or INVALID_ARGUMENT
   */
  List<String> publish(String topic, List<PubsubMessage> messages) {
    MessageRules.check(messages);
    return send(topic, messages);
  }

  private List<String> send(String topic, List<PubsubMessage> messages) {
    List<String> given = new ArrayList<>();
    List<LiveSubscription> receivers;
    synchronized (this) {
      topics.get(topic);
      receivers = subscriptions.of(topic);
      for (PubsubMessage message : messages) {
        PubsubMessage stamped = MessageRules.stamp(message, ids.next(), time.now());
        receivers.forEach(receiver -> receiver.offer(stamped));
        given.add(stamped.getMessageId());
      }
    }
    state.commit();
    receivers.forEach(receiver -> receiver.backlog().wake());
    return given;
  }

  synchronized Topic createTopic(Topic given) {
    Topic topic = topics.create(given);
    state.commit();
    return topic;
  }

  synchronized Topic updateTopic(Topic update, FieldMask mask) {
    Topic topic = topics.update(update, mask);
    state.commit();
    return topic;
  }

  /** Removes a topic; its subscriptions stay, with what they hold, of {@code _deleted-topic_}. */
  synchronized void deleteTopic(String name) {
    topics.get(name);
    for (LiveSubscription subscription : subscriptions.all()) {
      Subscription config = subscription.config();
      if (config.getTopic().equals(name)) {
        subscriptions.use(
            subscription, config.toBuilder().setTopic(Names.DELETED_TOPIC).build());
      }
    }
    topics.remove(name);
    state.commit();
  }

  synchronized Subscription createSubscription(Subscription given) {
    Subscription config = SubscriptionRules.complete(given).toBuilder().clearDetached().build();
    Topic topic = topics.get(config.getTopic());
    checkDeadLetterTopic(config);
    if (topic.hasMessageRetentionDuration()) {
      config =
          config.toBuilder()
              .setTopicMessageRetentionDuration(topic.getMessageRetentionDuration())
              .build();
    }
    LiveSubscription created = subscriptions.create(config);
    state.commit();
    created.resume();
    return config;
  }

  synchronized Subscription updateSubscription(Subscription update, FieldMask mask) {
    LiveSubscription subscription = subscriptions.get(update.getName());
    Subscription.Builder changed = subscription.config().toBuilder();
    Masks.apply(mask, update, changed, SubscriptionRules.MUTABLE);
    return use(subscription, changed.build());
  }

  synchronized Subscription modifyPushConfig(String name, PushConfig push) {
    LiveSubscription subscription = subscriptions.get(name);
    return use(subscription, subscription.config().toBuilder().setPushConfig(push).build());
  }

  private Subscription use(LiveSubscription subscription, Subscription changed) {
    Subscription config = SubscriptionRules.complete(changed);
    checkDeadLetterTopic(config);
    subscriptions.use(subscription, config);
    state.commit();
    return config;
  }

  private void checkDeadLetterTopic(Subscription config) {
    if (config.hasDeadLetterPolicy()) {
      topics.get(config.getDeadLetterPolicy().getDeadLetterTopic());
    }
  }

  synchronized void detachSubscription(String name) {
    subscriptions.detach(subscriptions.get(name));
    state.commit();
  }

  synchronized void deleteSubscription(String name) {
    subscriptions.remove(subscriptions.get(name));
    state.commit();
  }

  private boolean bury(Terms terms, PubsubMessage message, int attempts) {
    String source = terms.subscription();
    PubsubMessage letter =
        message.toBuilder()
            .clearMessageId()
            .clearPublishTime()
            .putAttributes(DEAD_LETTER + "DeliveryCount", Integer.toString(attempts))
            .putAttributes(DEAD_LETTER + "Subscription", Names.id(source))
            .putAttributes(DEAD_LETTER + "SubscriptionProject", Names.project(source))
            .putAttributes(
                DEAD_LETTER + "TopicPublishTime",
                PUBLISH_TIME.format(MessageRules.publishTime(message)))
            .build();
    try {
      send(terms.config().getDeadLetterPolicy().getDeadLetterTopic(), List.of(letter));
      return true;
    } catch (StatusRuntimeException e) {
      System.getLogger(Broker.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "Tried to forward message {0} of {1} to its dead-letter topic but failed: {2}. It is"
                  + " delivered again.",
              message.getMessageId(),
              source,
              e.getStatus());
      return false;
    }
  }

  /** Begins or takes up delivery. */
  void resume() {
    subscriptions.all().forEach(LiveSubscription::resume);
  }

  /** Ends delivery; what is not acknowledged is delivered again after the next start. */
  void stop() {
    subscriptions.all().forEach(LiveSubscription::stop);
  }
}
