package dev.slipway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.slipway.json.Json;
import dev.slipway.release.Command;
import dev.slipway.release.Question;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.Upload;
import io.cloudevents.CloudEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads the events that trigger the functions. An event is only ever a hint, so one that cannot be
 * read is an empty answer: to fail on it would have it delivered again for a day.
 */
final class Triggers {

  private static final String BUILD_TAG_PREFIX = "release-";

  private Triggers() {}

  /** The object a {@code google.cloud.storage.object.v1.finalized} event is about. */
  static Optional<Upload> upload(CloudEvent event) {
    return body(event)
        .flatMap(
            object ->
                attempt(
                    () ->
                        new Upload(
                            object.get("bucket").getAsString(),
                            object.get("name").getAsString(),
                            object.get("generation").getAsLong())));
  }

  /** The topic a {@code google.cloud.pubsub.topic.v1.messagePublished} event came through. */
  static String topic(CloudEvent event) {
    String source = event.getSource().toString();
    return source.substring(source.lastIndexOf('/') + 1);
  }

  /** The release a message of Cloud Build's is about, by the build's tag. */
  static Optional<ReleaseId> built(CloudEvent event) {
    return message(event)
        .flatMap(Triggers::parse)
        .flatMap(
            build ->
                attempt(
                    () -> {
                      for (JsonElement tag : build.getAsJsonArray("tags")) {
                        if (tag.getAsString().startsWith(BUILD_TAG_PREFIX)) {
                          return ReleaseId.parse(
                              tag.getAsString().substring(BUILD_TAG_PREFIX.length()));
                        }
                      }
                      throw new IllegalArgumentException("not a build of Slipway's");
                    }));
  }

  /** The command a message carries. */
  static Optional<Command> command(CloudEvent event) {
    return message(event)
        .flatMap(
            text -> attempt(() -> complete(Json.read(text, Command.class))));
  }

  /** The question a message carries. */
  static Optional<Question> question(CloudEvent event) {
    return message(event)
        .flatMap(Triggers::parse)
        .flatMap(
            object ->
                attempt(
                    () ->
                        new Question(
                            object.get("id").getAsString(),
                            new ServiceName(object.get("service").getAsString()),
                            object.get("actor").getAsString(),
                            Instant.parse(object.get("at").getAsString()))));
  }

  /** JSON can leave out what the type promises. */
  private static Command complete(Command command) {
    return new Command(
        Objects.requireNonNull(command.kind()),
        Objects.requireNonNull(command.release()),
        Objects.requireNonNull(command.actor()),
        Objects.requireNonNull(command.reason()));
  }

  /** The release a message of the release topic is about. */
  static Optional<ReleaseId> release(CloudEvent event) {
    return message(event)
        .flatMap(Triggers::parse)
        .flatMap(object -> attempt(() -> ReleaseId.parse(object.get("release").getAsString())));
  }

  /** The data of a Pub/Sub message. */
  private static Optional<String> message(CloudEvent event) {
    return body(event)
        .flatMap(
            body ->
                attempt(
                    () -> {
                      String data = body.getAsJsonObject("message").get("data").getAsString();
                      return new String(Base64.getDecoder().decode(data), UTF_8);
                    }));
  }

  private static Optional<JsonObject> body(CloudEvent event) {
    return Optional.ofNullable(event.getData())
        .map(data -> new String(data.toBytes(), UTF_8))
        .flatMap(Triggers::parse);
  }

  private static Optional<JsonObject> parse(String json) {
    return attempt(() -> JsonParser.parseString(json).getAsJsonObject());
  }

  private interface Reading<T> {
    T read();
  }

  /** Empty where the JSON is not of the shape that {@code reading} takes for granted. */
  private static <T> Optional<T> attempt(Reading<T> reading) {
    try {
      return Optional.of(reading.read());
    } catch (DateTimeException
        | JsonParseException
        | IllegalArgumentException
        | IllegalStateException
        | NullPointerException
        | ClassCastException
        | UnsupportedOperationException unreadable) {
      return Optional.empty();
    }
  }
}
