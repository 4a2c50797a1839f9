package dev.slipway.cli.env;

import com.google.gson.Gson;
import dev.slipway.PolicyDocument;
import dev.slipway.release.Fields;
import dev.slipway.release.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a team's file strictly, its policies with the code that obeys them. What a single
 * environment may hold is read by {@link EnvironmentFields}.
 */
public final class TeamFile {

  static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{1,19}");

  private final String file;
  private final List<Finding> problems = new ArrayList<>();

  private TeamFile(String file) {
    this.file = file;
  }

  /**
   * What reading a file came to.
   *
   * @param team empty when there are problems
   * @param problems everything that is wrong with it
   */
  public record Reading(Optional<Team> team, List<Finding> problems) {}

  /** Reads a file; whatever is wrong with it is in the reading. */
  public static Reading read(Path path) {
    String file = String.valueOf(path.getFileName());
    try {
      return new TeamFile(file).read(Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to read " + path + " but failed", e);
    }
  }

  private Reading read(String yaml) {
    Object parsed;
    try {
      parsed = new Load(LoadSettings.builder().setLabel(file).build()).loadFromString(yaml);
    } catch (YamlEngineException e) {
      return refused(String.valueOf(e.getMessage()));
    }
    if (!(parsed instanceof Map<?, ?> map)) {
      return refused("it is no table of settings");
    }
    Map<String, Object> root = new LinkedHashMap<>();
    map.forEach((key, value) -> root.put(String.valueOf(key), value));
    return read(root);
  }

  private Reading refused(String why) {
    return new Reading(Optional.empty(), List.of(Finding.at("team", file, why)));
  }

  private Reading read(Map<String, Object> root) {
    Fields fields = Fields.of("team", file, "", root);
    fields.require("name").require("contact").require("environments");
    String name =
        fields
            .text("name", n -> NAME.matcher(n).matches(), "2 to 20 of a-z, 0-9 and -")
            .orElse("");
    if (!file.replaceFirst("\\.ya?ml$", "").equals(name) && fields.has("name")) {
      fields.reject("name", "it must be the file's, as in " + name + ".yaml");
    }
    var unused = fields.text("contact", c -> c.matches("[^@\\s]+@[^@\\s]+"), "an e-mail address");
    Map<String, Team.Environment> environments = new LinkedHashMap<>();
    fields.table("environments").ifPresent(all -> environments(root, all, environments));
    environments.forEach(
        (of, environment) ->
            environment
                .promoteFrom()
                .filter(from -> !environments.containsKey(from) || from.equals(of))
                .ifPresent(
                    from ->
                        fields.reject(
                            "environments." + of + ".promote_from",
                            "the team has no other environment '" + from + "'")));
    problems.addAll(fields.findings());
    return new Reading(
        problems.isEmpty() ? Optional.of(new Team(name, environments)) : Optional.empty(),
        List.copyOf(problems));
  }

  private void environments(
      Map<String, Object> root, Fields all, Map<String, Team.Environment> environments) {
    if (!(root.get("environments") instanceof Map<?, ?> map)) {
      return;
    }
    if (map.isEmpty()) {
      all.reject("*", "a team has at least one");
    }
    for (Object key : map.keySet()) {
      String name = String.valueOf(key);
      if (!NAME.matcher(name).matches()) {
        all.reject(name, "an environment is named by 2 to 20 of a-z, 0-9 and -");
      }
      all.table(name)
          .ifPresent(
              fields -> {
                Map<?, ?> values = map.get(key) instanceof Map<?, ?> table ? table : Map.of();
                environments.put(name, EnvironmentFields.read(fields, values));
                policy(fields, values.get("policy"));
              });
    }
  }

  /** The policy, by the code that will obey it, from the text that Terraform will hand it. */
  private static void policy(Fields fields, @Nullable Object policy) {
    if (!fields.has("policy")) {
      return;
    }
    try {
      List<String> regions = PolicyDocument.read(new Gson().toJson(policy)).pace().regions();
      if (!regions.isEmpty() && !fields.text("region").equals(Optional.of(regions.getFirst()))) {
        fields.reject("policy.regions", "the environment's own comes first: " + fields.text("region").orElse("?"));
      }
    } catch (IllegalArgumentException e) {
      fields.reject("policy", String.valueOf(e.getMessage()));
    }
  }
}
