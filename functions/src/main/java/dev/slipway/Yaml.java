package dev.slipway;

import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads YAML, of which JSON is a part, into maps, lists and values. */
final class Yaml {

  private Yaml() {}

  /**
   * The table a document is.
   *
   * @param what the document, as in "Tried to read ..."
   * @throws IllegalArgumentException when it is no table
   */
  static Map<String, Object> table(String what, String yaml) {
    Object parsed;
    try {
      parsed = new Load(LoadSettings.builder().setLabel(what).build()).loadFromString(yaml);
    } catch (YamlEngineException e) {
      throw refuse(what, String.valueOf(e.getMessage()));
    }
    if (!(parsed instanceof Map<?, ?> map)) {
      throw refuse(what, "it is no table of settings");
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    map.forEach((key, value) -> settings.put(String.valueOf(key), value));
    return settings;
  }

  static IllegalArgumentException refuse(String what, String why) {
    return new IllegalArgumentException("Tried to read " + what + " but: " + why);
  }
}
