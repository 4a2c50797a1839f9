package dev.slipway.local.pubsub;

import com.google.pubsub.v1.Subscription;
import dev.slipway.local.server.Calls;
import dev.slipway.local.state.State;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/** The subscriptions by name; whoever changes one commits. */
final class Subscriptions {

  private final Table<Subscription> stored;
  private final Function<Subscription, LiveSubscription> start;
  private final ConcurrentNavigableMap<String, LiveSubscription> live =
      new ConcurrentSkipListMap<>();

  /** Takes up those of the last run; {@code start} puts one to work. */
  Subscriptions(State state, Function<Subscription, LiveSubscription> start) {
    this.start = start;
    stored = new Table<>(state.map("pubsub.subscription"), Subscription.parser());
    stored
        .startingWith("")
        .forEach(config -> live.put(config.getName(), start.apply(config)));
  }

  LiveSubscription create(Subscription config) {
    if (live.containsKey(config.getName())) {
      throw Calls.alreadyExists(Names.id(config.getName()));
    }
    LiveSubscription created = start.apply(config);
    stored.put(config.getName(), config);
    live.put(config.getName(), created);
    return created;
  }

  /**
   * The subscription of that name.
   *
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT or NOT_FOUND
   */
  LiveSubscription get(String name) {
    Names.checkSubscription(name);
    LiveSubscription found = live.get(name);
    if (found == null) {
      throw Calls.notFound(Names.id(name));
    }
    return found;
  }

  Collection<LiveSubscription> all() {
    return live.values();
  }

  /** The subscriptions of {@code projects/P}, by name. */
  List<Subscription> in(String project) {
    Names.checkProject(project);
    return stored.startingWith(project + "/subscriptions/");
  }

  /** Those a message published to that topic goes to. */
  List<LiveSubscription> of(String topic) {
    return live.values().stream().filter(one -> one.receivesFrom(topic)).toList();
  }

  void use(LiveSubscription subscription, Subscription changed) {
    stored.put(changed.getName(), changed);
    subscription.use(changed);
  }

  void detach(LiveSubscription subscription) {
    subscription.detach();
    stored.put(subscription.config().getName(), subscription.config());
  }

  void remove(LiveSubscription subscription) {
    String name = subscription.config().getName();
    stored.remove(name);
    live.remove(name);
    subscription.delete();
  }
}
