package dev.slipway.cli.doctor;

import dev.slipway.BuildFunction;
import dev.slipway.ConsoleFunction;
import dev.slipway.DeployFunction;
import dev.slipway.NotifyFunction;
import dev.slipway.PolicyDocument;
import dev.slipway.Settings;
import dev.slipway.SlackFunction;
import dev.slipway.release.Policy;
import dev.slipway.cli.doctor.Rest.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The functions: there, active, and with settings that they will take. */
record Functions(Place place, Refusals refusals) {

  /** A page that is open keeps a request open for four minutes. */
  private static final long PAGE_SECONDS = 300;

  private static final Map<String, Class<?>> ENTRY_POINTS = entryPoints();

  private static Map<String, Class<?>> entryPoints() {
    Map<String, Class<?>> names = new LinkedHashMap<>();
    names.put("slipway-ingest", BuildFunction.class);
    names.put("slipway-deploy", DeployFunction.class);
    names.put("slipway-notify", NotifyFunction.class);
    names.put("slipway-slack", SlackFunction.class);
    names.put("slipway-console", ConsoleFunction.class);
    return names;
  }

  /** Of the environment, as its functions have it. */
  record Found(Map<String, Tree> byName) {

    static final Found NOTHING = new Found(Map.of());

    static Found of(Tree tree) {
      return new Found(Foundations.byName(tree.each("functions"), f -> f.last("name")));
    }

    Tree function(String name) {
      return byName.getOrDefault(name, Tree.NOTHING);
    }

    /** Of the functions; empty where there are none, or in more than one. */
    Optional<String> region() {
      List<String> regions =
          byName.values().stream()
              .filter(f -> f.last("name").startsWith("slipway-"))
              .map(f -> f.text("name").replaceAll(".*/locations/([^/]+)/.*", "$1"))
              .distinct()
              .toList();
      return regions.size() == 1 ? Optional.of(regions.getFirst()) : Optional.empty();
    }

    /** A variable of some function; empty where none has it. */
    String setting(String key) {
      return byName.values().stream()
          .map(f -> f.text("serviceConfig", "environmentVariables", key))
          .filter(value -> !value.isEmpty())
          .findFirst()
          .orElse("");
    }

    boolean has(String name) {
      return byName.containsKey(name);
    }

    /** {@code SECRET/versions/VERSION} by the variable it is read into. */
    Map<String, String> secrets() {
      Map<String, String> secrets = new TreeMap<>();
      for (Tree function : byName.values()) {
        for (Tree secret : function.each("serviceConfig", "secretEnvironmentVariables")) {
          secrets.put(
              secret.text("key"), secret.text("secret") + "/versions/" + secret.text("version"));
        }
      }
      return secrets;
    }
  }

  Request request() {
    return Request.get(place.regional("cloudfunctions", "/functions?pageSize=1000"));
  }

  /** Judges what {@link #request} was answered. */
  Question all() {
    return new Question(
        "functions", request(), refusals.orElse("functions", tree -> all(Found.of(tree))));
  }

  private List<Check> all(Found found) {
    List<Check> checks = new ArrayList<>();
    boolean slack = !found.secrets().isEmpty();
    ENTRY_POINTS.forEach(
        (name, type) -> {
          Tree function = found.function(name);
          if (type == DeployFunction.class && found.has("slipway-notify") && found.has(name) && !knowsSlack(function)) {
            checks.add(
                Check.warn(
                    "function " + name,
                    "it has no %s: what Slack missed is not told again".formatted(Settings.SLACK),
                    place.apply()));
          } else if (found.has(name)) {
            checks.add(function(name, type, function));
          } else if (name.equals("slipway-slack") || (name.equals("slipway-notify") && !slack)) {
            checks.add(
                Check.skipped(
                    "function " + name,
                    "the environment has none",
                    "docs/environments.md, Slack, if it should"));
          } else {
            checks.add(Check.fail("function " + name, "it is not there", place.apply()));
          }
        });
    return checks;
  }

  private Check function(String id, Class<?> type, Tree function) {
    String name = "function " + id;
    String logs =
        "gcloud functions logs read %s --gen2 --project %s --region %s"
            .formatted(id, place.project(), place.region());
    if (!function.text("state").equals("ACTIVE")) {
      String why =
          function.each("stateMessages").stream().map(m -> m.text("message")).findFirst().orElse("");
      return Check.fail(name, ("it is " + function.text("state") + " " + why).strip(), logs);
    }
    String entry = function.text("buildConfig", "entryPoint");
    if (!entry.equals(type.getName())) {
      return Check.fail(
          name, "it enters at %s, not at %s".formatted(entry, type.getName()), place.apply());
    }
    String problem = settings(function);
    if (!problem.isEmpty()) {
      return Check.fail(name, problem, place.apply());
    }
    if (function.has("eventTrigger")
        && !function.text("eventTrigger", "retryPolicy").equals("RETRY_POLICY_RETRY")) {
      return Check.fail(name, "an event that fails does not come again", place.apply());
    }
    if (!function.text("serviceConfig", "serviceAccountEmail").startsWith(id + "@")) {
      return Check.fail(
          name,
          "it runs as " + function.text("serviceConfig", "serviceAccountEmail"),
          place.apply());
    }
    return pace(name, type, function);
  }

  /** Who sweeps has Slack told again what it missed, if it knows that there is one. */
  private static boolean knowsSlack(Tree deploy) {
    return deploy.flag("serviceConfig", "environmentVariables", Settings.SLACK)
        || deploy.each("serviceConfig", "secretEnvironmentVariables").stream()
            .anyMatch(secret -> secret.text("key").startsWith(Settings.SLACK + "_"));
  }

  private Check pace(String name, Class<?> type, Tree function) {
    long seconds = function.number("serviceConfig", "timeoutSeconds");
    if (type == ConsoleFunction.class && seconds < PAGE_SECONDS) {
      return Check.warn(
          name, "open pages are cut off after %d s, not %d".formatted(seconds, PAGE_SECONDS), place.apply());
    }
    if (type == SlackFunction.class && function.number("serviceConfig", "minInstanceCount") == 0) {
      return Check.warn(
          name,
          "no instance is kept warm: the first click of a while may come too late for Slack's 3 s",
          "slack: {min_instances: 1} in the team's file, then " + place.apply());
    }
    return Check.ok(name, "ACTIVE, " + function.text("buildConfig", "entryPoint"));
  }

  /** Every problem of its settings, by the code that reads them; empty for none. */
  private static String settings(Tree function) {
    Map<String, String> variables =
        new TreeMap<>(function.texts("serviceConfig", "environmentVariables"));
    for (Tree secret : function.each("serviceConfig", "secretEnvironmentVariables")) {
      variables.put(
          secret.text("key"),
          secret.text("key").equals(Settings.SLACK_WEBHOOK) ? "https://hidden/hidden" : "hidden");
    }
    try {
      Settings settings = Settings.from(variables);
      List<String> regions =
          settings.policy().map(PolicyDocument::read).orElse(Policy.DEFAULT).pace().regions();
      return regions.isEmpty() || regions.getFirst().equals(settings.region())
          ? ""
          : "its policy's regions begin with %s, not with its own, %s"
              .formatted(regions.getFirst(), settings.region());
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
