package dev.slipway.local.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent with JSON data.
 *
 * @param id unique together with {@code source}; a duplicate carries the same
 * @param source as {@code //storage.googleapis.com/projects/_/buckets/B}
 * @param type as {@code google.cloud.storage.object.v1.finalized}
 * @param subject as {@code objects/NAME}, where the type has one
 * @param extensions further attributes, as {@code bucket}
 * @param json the data
 */
public record Event(
    String id,
    String source,
    String type,
    @Nullable String subject,
    Instant time,
    Map<String, String> extensions,
    String json) {

  public Event {
    extensions = Map.copyOf(extensions);
  }

  byte[] body() {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
