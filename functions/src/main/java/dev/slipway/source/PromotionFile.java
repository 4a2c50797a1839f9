package dev.slipway.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.slipway.release.Finding;
import dev.slipway.release.Promotion;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A promotion as it is uploaded: a small JSON object of nothing but text.
 *
 * <p>{@code {"environment": "staging", "release": "hello-0123456789ab", "digest": "sha256:...", "by":
 * "ana@example.com", "reason": "..."}}, of which the last two may be left out.
 */
public final class PromotionFile {

  /** The most bytes such a file may have. */
  public static final int MAX_BYTES = 4096;

  private static final int MAX_WORDS = 500;
  private static final Set<String> NEEDED = Set.of("environment", "release", "digest");
  private static final Set<String> KNOWN =
      Set.of("environment", "release", "digest", "by", "reason");

  private PromotionFile() {}

  /** What is to be uploaded, under {@link Promotion#object()} or any name with its suffix. */
  public static byte[] write(Promotion promotion) {
    JsonObject object = new JsonObject();
    object.addProperty("environment", promotion.environment());
    object.addProperty("release", promotion.release().toString());
    object.addProperty("digest", promotion.digest());
    promotion.by().ifPresent(by -> object.addProperty("by", by));
    promotion.reason().ifPresent(reason -> object.addProperty("reason", reason));
    return new Gson().toJson(object).getBytes(UTF_8);
  }

  /**
   * Reads what {@link #write} wrote, strictly: an unknown key, one that comes twice, and anything
   * that is no text are refused.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static Promotion read(byte[] file) {
    if (file.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "it has more than the %,d bytes a promotion may have".formatted(MAX_BYTES));
    }
    Map<String, String> fields = fields(text(file));
    Set<String> missing = new TreeSet<>(NEEDED);
    missing.removeAll(fields.keySet());
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("it lacks " + String.join(", ", missing));
    }
    return new Promotion(
        fields.getOrDefault("environment", ""),
        ReleaseId.parse(fields.getOrDefault("release", "")),
        fields.getOrDefault("digest", ""),
        words(fields, "by"),
        words(fields, "reason"));
  }

  /** Of an object of that name; what is no promotion is refused. */
  static Inspection inspect(String object, byte[] file) {
    try {
      return new Inspection.Asked(read(file), file.length);
    } catch (IllegalArgumentException e) {
      Finding finding =
          Finding.of(
              "promotion-unreadable",
              "it is no promotion: %s. It reads {\"environment\": \"staging\", \"release\": \"SERVICE-KEY\", \"digest\": \"sha256:...\"}"
                  .formatted(Shown.text(String.valueOf(e.getMessage()))));
      return new Inspection.Refused(guess(object), file.length, List.of(finding));
    }
  }

  private static ServiceName guess(String object) {
    String name = object.substring(object.lastIndexOf('/') + 1);
    String stem = name.substring(0, name.length() - Promotion.SUFFIX.length());
    return ReleaseId.find(stem).map(ReleaseId::service).orElseGet(() -> ServiceName.nearest(stem));
  }

  private static String text(byte[] file) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("it is not UTF-8", e);
    }
  }

  private static Map<String, String> fields(String json) {
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonReader reader = new JsonReader(new StringReader(json))) {
      reader.setStrictness(Strictness.STRICT);
      reader.beginObject();
      while (reader.hasNext()) {
        field(reader, fields);
      }
      reader.endObject();
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new IllegalArgumentException("something follows after its end");
      }
    } catch (IOException | IllegalStateException | JsonParseException e) {
      throw new IllegalArgumentException("it is no JSON object of texts", e);
    }
    return fields;
  }

  private static void field(JsonReader reader, Map<String, String> fields) throws IOException {
    String key = reader.nextName();
    if (!KNOWN.contains(key)) {
      throw new IllegalArgumentException("it has the unknown key '" + key + "'");
    }
    if (reader.peek() != JsonToken.STRING) {
      throw new IllegalArgumentException(key + " is no text");
    }
    if (fields.put(key, reader.nextString()) != null) {
      throw new IllegalArgumentException(key + " comes twice");
    }
  }

  private static Optional<String> words(Map<String, String> fields, String key) {
    Optional<String> words =
        Optional.ofNullable(fields.get(key)).map(String::strip).filter(text -> !text.isEmpty());
    words
        .filter(text -> text.length() > MAX_WORDS || text.codePoints().anyMatch(Character::isISOControl))
        .ifPresent(
            text -> {
              throw new IllegalArgumentException(
                  "%s is one line of at most %d characters".formatted(key, MAX_WORDS));
            });
    return words;
  }
}
