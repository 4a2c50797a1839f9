package dev.slipway.local.events;

import com.google.gson.JsonObject;
import dev.slipway.local.state.State;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.MVMap;

/** The events given up, on disk, in the order they were. */
final class DeadLetterBox {

  private final MVMap<String, byte[]> letters;

  DeadLetterBox(State state) {
    letters = state.map("events.dead");
  }

  synchronized void add(DeadLetter letter) {
    String lastKey = letters.lastKey();
    long next = lastKey == null ? 1 : Long.parseLong(lastKey) + 1;
    JsonObject json = EventJson.write(letter.event());
    json.addProperty("trigger", letter.trigger());
    json.addProperty("attempts", letter.attempts());
    json.addProperty("acceptedAt", letter.acceptedAt().toString());
    json.addProperty("reason", letter.reason());
    letters.put("%019d".formatted(next), EventJson.bytes(json));
  }

  List<DeadLetter> all() {
    List<DeadLetter> all = new ArrayList<>();
    letters.forEach((key, bytes) -> all.add(read(EventJson.parse(bytes))));
    return all;
  }

  private static DeadLetter read(JsonObject json) {
    return new DeadLetter(
        EventJson.text(json, "trigger"),
        EventJson.read(json),
        json.get("attempts").getAsInt(),
        EventJson.time(json, "acceptedAt"),
        EventJson.text(json, "reason"));
  }
}
