package dev.slipway.local;

import com.google.protobuf.ByteString;
import dev.slipway.local.events.PublishedMessage;
import dev.slipway.local.events.TopicFeed;
import dev.slipway.local.scheduler.Publisher;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Topics between the parts of one cloud; a message is handed on at once, and kept nowhere. */
final class InProcessTopics implements TopicFeed, Publisher {

  private final Map<String, List<Consumer<PublishedMessage>>> handlers = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();
  private final Clock clock;

  InProcessTopics(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void subscribe(String topic, String subscription, Consumer<PublishedMessage> handler) {
    handlers.computeIfAbsent(topic, name -> new CopyOnWriteArrayList<>()).add(handler);
  }

  @Override
  public void publish(String topic, Map<String, String> attributes, byte[] data) {
    String id = Long.toString(lastId.incrementAndGet());
    var content = ByteString.copyFrom(data);
    var message = new PublishedMessage(id, clock.instant(), content, attributes, "");
    handlers.getOrDefault(topic, List.of()).forEach(handler -> handler.accept(message));
  }
}
