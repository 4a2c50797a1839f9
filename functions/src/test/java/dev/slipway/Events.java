package dev.slipway;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/** Events as Eventarc delivers them; their bodies are of the captured shape in {@code triggers/}. */
final class Events {

  private Events() {}

  static String body(String name) {
    try (InputStream in = Events.class.getResourceAsStream("triggers/" + name + ".json")) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CloudEvent finalized(String body) {
    return builder()
        .withType("google.cloud.storage.object.v1.finalized")
        .withSource(URI.create("//storage.googleapis.com/projects/_/buckets/uploads"))
        .withSubject("objects/crates/hello%201.0.0.crate")
        .withExtension("bucket", "uploads")
        .withData("application/json", body.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  static CloudEvent published(String topic, String body) {
    return builder()
        .withType("google.cloud.pubsub.topic.v1.messagePublished")
        .withSource(URI.create("//pubsub.googleapis.com/projects/acme/topics/" + topic))
        .withData("application/json", body.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  /** A message of which only the data matters. */
  static CloudEvent message(String topic, String data) {
    byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
    return published(
        topic,
        "{\"message\": {\"data\": \"%s\"}}".formatted(Base64.getEncoder().encodeToString(bytes)));
  }

  static CloudEvent empty() {
    return builder()
        .withType("google.cloud.pubsub.topic.v1.messagePublished")
        .withSource(URI.create("//pubsub.googleapis.com/projects/acme/topics/ticks"))
        .build();
  }

  private static CloudEventBuilder builder() {
    return CloudEventBuilder.v1().withId("2070443601311540");
  }
}
