package dev.slipway.cli.env;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Terraform plans to make, by environment: read from a plan, or from an inventory of one. */
public final class Plan {

  private static final Pattern ADDRESS =
      Pattern.compile("module\\.(?:environment|promotion)\\[\"([^\"]+)\"]\\.(.+)");

  /** What says nothing of the resource, or changes with the machine the plan is made on. */
  private static final List<String> UNTOLD =
      List.of("terraform_labels", "effective_labels", "timeouts", "detect_md5hash", "triggers_replace");

  private Plan() {}

  /**
   * One resource.
   *
   * @param environment TEAM-ENVIRONMENT
   * @param address within its environment
   * @param values what is known of it before it is made, empty values left out
   */
  public record Resource(String environment, String address, JsonObject values) {

    String type() {
      return address.substring(0, address.indexOf('.'));
    }

    String text(String key) {
      JsonElement value = values.get(key);
      return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
    }

    boolean has(String key) {
      return values.has(key);
    }
  }

  /** Reads the answer of {@code terraform show -json}. */
  public static Map<String, List<Resource>> of(String json) {
    Map<String, List<Resource>> environments = new TreeMap<>();
    for (JsonElement change : JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("resource_changes")) {
      JsonObject resource = change.getAsJsonObject();
      Matcher address = ADDRESS.matcher(resource.get("address").getAsString());
      JsonElement after = resource.getAsJsonObject("change").get("after");
      if (address.matches() && after.isJsonObject()) {
        environments
            .computeIfAbsent(address.group(1), e -> new ArrayList<>())
            .add(new Resource(address.group(1), address.group(2), told(after.getAsJsonObject())));
      }
    }
    environments.values().forEach(all -> all.sort(Comparator.comparing(Resource::address)));
    return environments;
  }

  private static JsonObject told(JsonObject values) {
    JsonObject told = new JsonObject();
    new TreeMap<>(values.asMap())
        .forEach(
            (key, value) -> {
              JsonElement kept = compact(value);
              if (!UNTOLD.contains(key) && !isEmpty(kept)) {
                told.add(key, kept);
              }
            });
    return told;
  }

  private static JsonElement compact(JsonElement value) {
    return switch (value) {
      case JsonObject object -> told(object);
      case JsonArray array -> {
        JsonArray kept = new JsonArray();
        array.forEach(element -> kept.add(compact(element)));
        yield kept;
      }
      default -> value;
    };
  }

  private static boolean isEmpty(JsonElement value) {
    return switch (value) {
      case JsonNull nothing -> true;
      case JsonArray array -> array.isEmpty();
      default -> false;
    };
  }
}
