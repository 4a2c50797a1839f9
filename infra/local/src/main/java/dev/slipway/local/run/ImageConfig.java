package dev.slipway.local.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an OCI image says about how it is run.
 *
 * @param entrypoint the first words of the command line
 * @param cmd the words after them, replaced by a container's args
 * @param env its environment, in the image's order
 * @param workingDir an absolute path in the image, {@code /} when not said
 * @param user {@code uid}, {@code uid:gid}, a name, or empty for root
 */
record ImageConfig(
    List<String> entrypoint,
    List<String> cmd,
    Map<String, String> env,
    String workingDir,
    String user) {

  /** Reads the {@code config} object of an OCI image configuration. */
  static ImageConfig of(JsonObject image) {
    JsonElement found = image.get("config");
    JsonObject config =
        found != null && found.isJsonObject() ? found.getAsJsonObject() : new JsonObject();
    Map<String, String> env = new LinkedHashMap<>();
    for (String variable : strings(config, "Env")) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        env.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    String workingDir = string(config, "WorkingDir");
    return new ImageConfig(
        strings(config, "Entrypoint"),
        strings(config, "Cmd"),
        env,
        workingDir.isEmpty() ? "/" : workingDir,
        string(config, "User"));
  }

  private static List<String> strings(JsonObject object, String key) {
    List<String> values = new ArrayList<>();
    if (object.get(key) instanceof JsonArray array) {
      array.forEach(value -> values.add(value.getAsString()));
    }
    return List.copyOf(values);
  }

  private static String string(JsonObject object, String key) {
    JsonElement value = object.get(key);
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }
}
