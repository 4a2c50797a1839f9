package dev.slipway;

import dev.slipway.console.access.People;
import dev.slipway.release.Budget;
import dev.slipway.release.Fields;
import dev.slipway.release.Finding;
import dev.slipway.release.Policy;
import dev.slipway.release.Reaction;
import dev.slipway.release.SmokeTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a team's policy from YAML (of which JSON is a part); what it leaves out is as in {@link
 * Policy#DEFAULT}.
 *
 * <pre>
 * steps: [10, 50, 100]
 * hold: 5m
 * smoke: {path: /health, timeout: 10s, requests: 3}
 * contest: supersede
 * buildDeadline: 1h
 * candidateDeadline: 15m
 * buildAttempts: 2
 * budget: {maxBytes: 30MB, maxGrowthPercent: 20, action: warn}
 * advisories: warn
 * people: {viewers: ["*"], deployers: ["*@acme.example"], approvers: [ana@acme.example]}
 * </pre>
 */
public final class PolicyDocument {

  private static final int MAX_STEPS = 20;
  private static final int MAX_REQUESTS = 100;
  private static final int MAX_ATTEMPTS = 5;
  private static final int MAX_GROWTH = 1000;

  private PolicyDocument() {}

  /**
   * Reads a policy.
   *
   * @throws IllegalArgumentException naming everything that is wrong with it
   */
  public static Policy read(String yaml) {
    Fields fields = Fields.of("policy", "the policy", "", parse(yaml));
    List<Finding> problems = new ArrayList<>();
    List<Integer> steps = steps(fields);
    Policy d = Policy.DEFAULT;
    var hold = fields.duration("hold").orElse(d.hold());
    SmokeTest smoke = fields.table("smoke").map(PolicyDocument::smoke).orElse(d.smoke());
    var contest = fields.oneOf("contest", Policy.Contest.class).orElse(d.contest());
    var buildDeadline = fields.duration("buildDeadline").orElse(d.buildDeadline());
    var candidateDeadline = fields.duration("candidateDeadline").orElse(d.candidateDeadline());
    int attempts =
        fields.integer("buildAttempts", 1, MAX_ATTEMPTS).orElse((long) d.buildAttempts()).intValue();
    Budget budget = fields.table("budget").map(PolicyDocument::budget).orElse(d.budget());
    Reaction advisories =
        fields.oneOf("advisories", Reaction.class).orElse(d.advisories());
    var unused = PeopleDocument.read(fields);
    problems.addAll(fields.findings());
    if (!problems.isEmpty()) {
      throw refuse(problems.stream().map(Finding::message).collect(Collectors.joining("; ")));
    }
    try {
      return new Policy(steps, hold, smoke, contest, buildDeadline, candidateDeadline, attempts)
          .judging(budget, advisories);
    } catch (IllegalArgumentException e) {
      throw refuse(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Reads who may do what, of a policy that {@link #read} accepts.
   *
   * @return empty where it names nobody
   */
  static Optional<People> people(String yaml) {
    return PeopleDocument.read(Fields.of("policy", "the policy", "", parse(yaml)));
  }

  private static List<Integer> steps(Fields fields) {
    List<Long> steps = fields.integers("steps", 1, 100);
    if (steps.size() > MAX_STEPS) {
      fields.reject("steps", "at most " + MAX_STEPS + " of them");
    }
    return steps.isEmpty()
        ? Policy.DEFAULT.steps()
        : steps.stream().map(Long::intValue).toList();
  }

  private static Budget budget(Fields fields) {
    Budget budget =
        new Budget(
            fields.size("maxBytes"),
            fields.integer("maxGrowthPercent", 0, MAX_GROWTH).map(Long::intValue),
            fields.oneOf("action", Reaction.class).orElse(Reaction.WARN));
    if (!fields.has("maxBytes") && !fields.has("maxGrowthPercent")) {
      fields.reject("maxBytes", "set it, maxGrowthPercent, or both");
    }
    return budget;
  }

  private static SmokeTest smoke(Fields fields) {
    SmokeTest d = Policy.DEFAULT.smoke();
    return new SmokeTest(
        fields.text("path", path -> path.startsWith("/"), "a path from /").orElse(d.path()),
        fields.duration("timeout").orElse(d.timeout()),
        fields.integer("requests", 1, MAX_REQUESTS).orElse((long) d.requests()).intValue());
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
