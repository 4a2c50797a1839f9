package dev.slipway.local.events;

import dev.slipway.local.server.CloudService;
import dev.slipway.local.state.State;
import dev.slipway.local.time.Scheduler;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings events to functions, at least once: an event is on disk before it is accepted and stays
 * there until its function answered 2xx, over restarts too; what fails is tried again as {@link
 * Retry} says, and given up into {@link #deadLetters}.
 */
public final class Eventarc implements CloudService {

  private final State state;
  private final EventarcConfig config;
  private final EventarcPeers peers;
  private final DeadLetterBox deadLetters;
  private final StorageEventIds storageIds;
  private final Map<Trigger, Deliveries> deliveries = new LinkedHashMap<>();

  public Eventarc(
      State state, Clock clock, Scheduler scheduler, EventarcConfig config, EventarcPeers peers) {
    this.state = state;
    this.config = config;
    this.peers = peers;
    deadLetters = new DeadLetterBox(state);
    storageIds = new StorageEventIds(state);
    Map<String, Slots> slots = new HashMap<>();
    for (Trigger trigger : config.triggers()) {
      deliveries.put(
          trigger,
          new Deliveries(
              trigger,
              EventQueue.of(state, trigger.name()),
              slots.computeIfAbsent(trigger.function(), f -> new Slots(config.concurrency())),
              deadLetters,
              new Deliveries.Context(state, clock, scheduler, config.retry(), peers)));
    }
  }

  /** Subscribes to the topics and takes up what was left undelivered. */
  @Override
  public void start() {
    deliveries.values().forEach(Deliveries::start);
    deliveries.keySet().forEach(this::subscribe);
  }

  /** Accepts an event of Cloud Storage; on disk when this returns. */
  public void deliver(StorageEvent finalized) {
    var filter = new Trigger.ObjectFinalized(finalized.bucket());
    List<Trigger> concerned =
        deliveries.keySet().stream().filter(trigger -> trigger.filter().equals(filter)).toList();
    if (!concerned.isEmpty()) {
      Event event = Envelope.of(finalized, storageIds.next());
      concerned.forEach(trigger -> accept(trigger, event));
      state.commit();
    }
  }

  private void subscribe(Trigger trigger) {
    if (trigger.filter() instanceof Trigger.MessagePublished(String topic)) {
      String project = "projects/" + config.project();
      String subscription = project + "/subscriptions/eventarc-" + trigger.name() + "-sub";
      peers
          .topics()
          .subscribe(
              topic,
              subscription,
              message -> {
                accept(
                    trigger, Envelope.of(message, project + "/topics/" + topic, subscription));
                state.commit();
              });
    }
  }

  private void accept(Trigger trigger, Event event) {
    Deliveries to = deliveries.get(trigger);
    if (to != null) {
      to.accept(event, config.plan().delays(trigger, event));
    }
  }

  /** The events not yet acknowledged, oldest first within a trigger. */
  public List<Pending> pending() {
    List<Pending> pending = new ArrayList<>();
    deliveries.values().forEach(each -> pending.addAll(each.pending()));
    return pending;
  }

  /** The events given up, oldest first. */
  public List<DeadLetter> deadLetters() {
    return deadLetters.all();
  }

  /** Stops delivering; deliveries under way count as failed unless their answer is in already. */
  @Override
  public void close() {
    deliveries.values().forEach(Deliveries::close);
  }
}
