package dev.slipway.audit;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Reads one advisory in OSV format, as RustSec exports them: what it says of crates.io, by ranges
 * of versions. One that was withdrawn says nothing.
 */
final class Osv {

  private static final String ECOSYSTEM = "crates.io";

  private Osv() {}

  /**
   * Reads it.
   *
   * @param found told each package it names, with what is known of it
   * @throws IllegalStateException or another unchecked exception when it is not of that shape
   */
  static void read(JsonObject advisory, BiConsumer<String, Known> found) {
    if (advisory.has("withdrawn") && !advisory.get("withdrawn").isJsonNull()) {
      return;
    }
    String id = text(advisory, "id");
    Set<String> names = names(advisory, id);
    Optional<String> cvss = cvss(advisory);
    Map<String, Known> byPackage = new LinkedHashMap<>();
    for (JsonElement element : array(advisory, "affected")) {
      JsonObject affected = element.getAsJsonObject();
      JsonObject target = affected.getAsJsonObject("package");
      if (!text(target, "ecosystem").equals(ECOSYSTEM)) {
        continue;
      }
      Optional<String> kind = specific(affected, "informational");
      String severity =
          kind.or(() -> cvss.or(() -> specific(affected, "cvss")).flatMap(Cvss::rating))
              .orElse(Known.UNKNOWN);
      Known known = new Known(id, names, severity, kind.isPresent(), ranges(affected));
      byPackage.merge(text(target, "name"), known, Known::and);
    }
    byPackage.forEach(found);
  }

  private static Set<String> names(JsonObject advisory, String id) {
    Set<String> names = new HashSet<>();
    names.add(id);
    array(advisory, "aliases").forEach(alias -> names.add(alias.getAsString()));
    return names;
  }

  private static List<Affected> ranges(JsonObject affected) {
    List<Affected> all = new ArrayList<>();
    for (JsonElement element : array(affected, "ranges")) {
      JsonObject range = element.getAsJsonObject();
      if (text(range, "type").equals("SEMVER")) {
        all.addAll(stretches(array(range, "events")));
      }
    }
    for (JsonElement version : array(affected, "versions")) {
      Optional<Semver> only = Semver.parse(version.getAsString());
      only.ifPresent(v -> all.add(new Affected(only, Optional.empty(), only)));
    }
    return all;
  }

  /** Events come in the order of their versions: introduced, fixed, introduced again. */
  private static List<Affected> stretches(JsonArray events) {
    List<Affected> all = new ArrayList<>();
    Optional<Semver> from = Optional.empty();
    boolean open = false;
    for (JsonElement element : events) {
      JsonObject event = element.getAsJsonObject();
      if (event.has("introduced")) {
        from = from(text(event, "introduced"));
        open = true;
      } else if (open && event.has("fixed")) {
        all.add(new Affected(from, Optional.of(version(event, "fixed")), Optional.empty()));
        open = false;
      } else if (open && event.has("last_affected")) {
        all.add(new Affected(from, Optional.empty(), Optional.of(version(event, "last_affected"))));
        open = false;
      }
    }
    if (open) {
      all.add(new Affected(from, Optional.empty(), Optional.empty()));
    }
    return all;
  }

  /** {@code 0} stands for the very beginning. */
  private static Optional<Semver> from(String introduced) {
    return introduced.equals("0")
        ? Optional.empty()
        : Optional.of(
            Semver.parse(introduced)
                .orElseThrow(() -> new IllegalStateException("no version: " + introduced)));
  }

  private static Semver version(JsonObject event, String name) {
    String text = text(event, name);
    return Semver.parse(text)
        .orElseThrow(() -> new IllegalStateException("no version: " + text));
  }

  private static Optional<String> cvss(JsonObject advisory) {
    for (JsonElement element : array(advisory, "severity")) {
      String score = text(element.getAsJsonObject(), "score");
      if (Cvss.rating(score).isPresent()) {
        return Optional.of(score);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> specific(JsonObject affected, String name) {
    return affected.get("database_specific") instanceof JsonObject specific
            && specific.has(name)
            && specific.get(name).isJsonPrimitive()
        ? Optional.of(specific.get(name).getAsString())
        : Optional.empty();
  }

  private static JsonArray array(JsonObject object, String name) {
    return object.get(name) instanceof JsonArray array ? array : new JsonArray();
  }

  private static String text(JsonObject object, String name) {
    JsonElement value = object.get(name);
    if (value == null || !value.isJsonPrimitive()) {
      throw new IllegalStateException("no " + name);
    }
    return value.getAsString();
  }
}
