package dev.slipway.local.events;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Events as they are kept in the state: CloudEvents' JSON form, the data as text. */
final class EventJson {

  private EventJson() {}

  static JsonObject write(Event event) {
    JsonObject extensions = new JsonObject();
    event.extensions().forEach(extensions::addProperty);
    JsonObject json = new JsonObject();
    json.addProperty("id", event.id());
    json.addProperty("source", event.source());
    json.addProperty("type", event.type());
    if (event.subject() != null) {
      json.addProperty("subject", event.subject());
    }
    json.addProperty("time", event.time().toString());
    json.add("extensions", extensions);
    json.addProperty("data", event.json());
    return json;
  }

  static Event read(JsonObject json) {
    Map<String, String> extensions = new HashMap<>();
    JsonObject written = json.getAsJsonObject("extensions");
    written.keySet().forEach(name -> extensions.put(name, text(written, name)));
    JsonElement subject = json.get("subject");
    return new Event(
        text(json, "id"),
        text(json, "source"),
        text(json, "type"),
        subject == null ? null : subject.getAsString(),
        time(json, "time"),
        extensions,
        text(json, "data"));
  }

  static byte[] bytes(JsonObject json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  static JsonObject parse(byte[] bytes) {
    return JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)).getAsJsonObject();
  }

  static String text(JsonObject json, String name) {
    return json.get(name).getAsString();
  }

  static Instant time(JsonObject json, String name) {
    return Instant.parse(text(json, name));
  }
}
