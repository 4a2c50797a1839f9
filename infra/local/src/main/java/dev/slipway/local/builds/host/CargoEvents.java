package dev.slipway.local.builds.host;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What cargo says while it builds ({@code --message-format=json}): one line a finished artifact.
 * The time until the last dependency was finished is the dependencies' share ("cook"), the rest the
 * crate's own: the same two numbers a cook and a build step of their own would give, but for the
 * crates of the same archive that compile alongside.
 */
final class CargoEvents implements Consumer<String> {

  private final String bin;
  private final Clock clock;
  private final Instant start;
  private @Nullable Instant cooked;
  private @Nullable Path executable;
  private boolean stale;

  CargoEvents(String bin, Clock clock) {
    this.bin = bin;
    this.clock = clock;
    start = clock.instant();
  }

  @Override
  public void accept(String line) {
    JsonObject event = parse(line);
    if (event == null || !text(event, "reason").equals("compiler-artifact")) {
      return;
    }
    boolean fresh = event.has("fresh") && event.get("fresh").getAsBoolean();
    boolean own = text(event, "package_id").contains("path+file:");
    if (!own && !fresh) {
      cooked = clock.instant();
    }
    stale |= own && fresh;
    boolean wanted = text(event.getAsJsonObject("target"), "name").equals(bin);
    if (own && wanted && event.has("executable") && !event.get("executable").isJsonNull()) {
      executable = Path.of(event.get("executable").getAsString());
    }
  }

  private static @Nullable JsonObject parse(String line) {
    if (!line.startsWith("{")) {
      return null;
    }
    try {
      return JsonParser.parseString(line).getAsJsonObject();
    } catch (JsonParseException notAnEvent) {
      return null;
    }
  }

  private static String text(JsonObject json, String key) {
    return json.has(key) ? json.get(key).getAsString() : "";
  }

  /** The binary, where it was built. */
  @Nullable Path executable() {
    return executable;
  }

  /** Whether anything of the archive's own was taken over from an earlier build. */
  boolean stale() {
    return stale;
  }

  /** Whether no dependency had to be compiled. */
  boolean cacheHit() {
    return cooked == null;
  }

  Duration cook() {
    return cooked == null ? Duration.ZERO : Duration.between(start, cooked);
  }

  Duration build() {
    return Duration.between(cooked == null ? start : cooked, clock.instant());
  }
}
