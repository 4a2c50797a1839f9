package dev.slipway.local.events;

import com.google.gson.JsonObject;
import dev.slipway.local.state.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.mvstore.MVMap;

/** The events one trigger still owes its function, in the order they came; on disk. */
final class EventQueue {

  /**
   * One delivery to be made.
   *
   * @param key its place in the queue
   */
  record Entry(String key, Event event, int attempts, Instant acceptedAt, Instant due) {}

  private final MVMap<String, byte[]> entries;
  private final AtomicLong last;

  private EventQueue(MVMap<String, byte[]> entries) {
    this.entries = entries;
    String lastKey = entries.lastKey();
    last = new AtomicLong(lastKey == null ? 0 : Long.parseLong(lastKey));
  }

  static EventQueue of(State state, String trigger) {
    return new EventQueue(state.map("events.queue." + trigger));
  }

  Entry add(Event event, Instant now, Instant due) {
    String key = "%019d".formatted(last.incrementAndGet());
    Entry entry = new Entry(key, event, 0, now, due);
    put(entry);
    return entry;
  }

  void put(Entry entry) {
    entries.put(entry.key(), encode(entry));
  }

  void remove(Entry entry) {
    entries.remove(entry.key());
  }

  List<Entry> all() {
    List<Entry> all = new ArrayList<>();
    entries.forEach((key, bytes) -> all.add(decode(key, bytes)));
    return all;
  }

  private static byte[] encode(Entry entry) {
    JsonObject json = EventJson.write(entry.event());
    json.addProperty("attempts", entry.attempts());
    json.addProperty("acceptedAt", entry.acceptedAt().toString());
    json.addProperty("due", entry.due().toString());
    return EventJson.bytes(json);
  }

  private static Entry decode(String key, byte[] bytes) {
    JsonObject json = EventJson.parse(bytes);
    return new Entry(
        key,
        EventJson.read(json),
        json.get("attempts").getAsInt(),
        EventJson.time(json, "acceptedAt"),
        EventJson.time(json, "due"));
  }
}
