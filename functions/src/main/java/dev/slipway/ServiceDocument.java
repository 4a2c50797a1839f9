package dev.slipway;

import dev.slipway.release.Fields;
import dev.slipway.release.Finding;
import dev.slipway.rollout.ServiceSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what the team's file says of its services, as YAML or JSON. */
final class ServiceDocument {

  private static final String WHAT = "the services' settings";

  private ServiceDocument() {}

  /**
   * Settings by service: {@code {api: {cpu, memory, concurrency, timeout_seconds, min_instances,
   * max_instances, env: {NAME: VALUE}, secrets: {NAME: {secret, version}}}}}, each of it optional.
   *
   * @throws IllegalArgumentException naming everything that is wrong with it
   */
  static Map<String, ServiceSettings> read(String yaml) {
    Map<String, ?> table = Yaml.table(WHAT, yaml);
    Fields fields = Fields.of("services", WHAT, "", table);
    Map<String, ServiceSettings> services = new LinkedHashMap<>();
    for (String name : table.keySet()) {
      fields.table(name).ifPresent(one -> services.put(name, settings(one, inner(table, name))));
    }
    List<Finding> problems = fields.findings();
    if (!problems.isEmpty()) {
      throw Yaml.refuse(
          WHAT, problems.stream().map(Finding::message).collect(Collectors.joining("; ")));
    }
    return services;
  }

  private static ServiceSettings settings(Fields one, Map<?, ?> table) {
    return new ServiceSettings(
        one.text("cpu", t -> t.matches("[1-8]|[1-9][0-9]{1,3}m"), "a number of CPUs as '1' or '500m'"),
        one.text("memory", t -> t.matches("[1-9][0-9]*(Mi|Gi)"), "a size such as 512Mi"),
        integer(one, "concurrency", 1),
        one.integer("timeout_seconds", 1, 3600).map(Long::intValue),
        integer(one, "min_instances", 0),
        integer(one, "max_instances", 1),
        one.textsByName("env"),
        one.table("secrets").map(s -> secrets(s, inner(table, "secrets"))).orElse(Map.of()));
  }

  private static Optional<Integer> integer(Fields one, String key, int least) {
    return one.integer(key, least, 1000).map(Long::intValue);
  }

  private static Map<String, ServiceSettings.Secret> secrets(Fields fields, Map<?, ?> table) {
    Map<String, ServiceSettings.Secret> secrets = new LinkedHashMap<>();
    for (Object key : table.keySet()) {
      String name = String.valueOf(key);
      fields
          .table(name)
          .ifPresent(
              one -> {
                Optional<String> id = one.require("secret").text("secret");
                Optional<String> version = one.require("version").text("version");
                secrets.put(
                    name, new ServiceSettings.Secret(id.orElse(""), version.orElse("")));
              });
    }
    return secrets;
  }

  private static Map<?, ?> inner(Map<?, ?> table, String key) {
    return table.get(key) instanceof Map<?, ?> inner ? inner : Map.of();
  }
}
