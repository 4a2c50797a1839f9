package dev.slipway;

import dev.slipway.release.Fields;
import dev.slipway.release.Finding;
import dev.slipway.release.Policy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a team's policy from YAML (of which JSON is a part); what it leaves out is as in {@link
 * Policy#DEFAULT}, what it has besides is an error. docs/policy.md names every field.
 */
public final class PolicyDocument {

  private PolicyDocument() {}

  /**
   * Reads a policy.
   *
   * @throws IllegalArgumentException naming everything that is wrong with it
   */
  public static Policy read(String yaml) {
    Map<String, Object> settings = parse(yaml);
    Fields fields = Fields.of("policy", "the policy", "", settings);
    Policy policy = PolicyReader.read(fields, Policy.class);
    if (settings.get("budget") instanceof Map<?, ?> budget
        && !budget.containsKey("maxBytes")
        && !budget.containsKey("maxGrowthPercent")) {
      fields.reject("budget.maxBytes", "set it, maxGrowthPercent, or both");
    }
    List<Finding> problems = fields.findings();
    if (!problems.isEmpty()) {
      throw refuse(problems.stream().map(Finding::message).collect(Collectors.joining("; ")));
    }
    return policy;
  }

  private static Map<String, Object> parse(String yaml) {
    Object parsed;
    try {
      parsed = new Load(LoadSettings.builder().setLabel("the policy").build()).loadFromString(yaml);
    } catch (YamlEngineException e) {
      throw refuse(String.valueOf(e.getMessage()));
    }
    if (!(parsed instanceof Map<?, ?> map)) {
      throw refuse("it is no table of settings");
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    map.forEach((key, value) -> settings.put(String.valueOf(key), value));
    return settings;
  }

  private static IllegalArgumentException refuse(String why) {
    return new IllegalArgumentException("Tried to read the policy but: " + why);
  }
}
