package dev.slipway.cli.doctor;

import dev.slipway.PolicyDocument;
import dev.slipway.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The services, in the environment's own region and in each further one of its policy. */
record Regions(Place place, List<String> further) {

  private static final String OWN = "slipway-";

  /**
   * Those of an environment.
   *
   * @param found its functions, whose policy names the regions; one that cannot be read is told of
   *     with the functions
   */
  static Regions of(Place place, Functions.Found found) {
    List<String> all = new ArrayList<>(regions(found.setting(Settings.POLICY)));
    all.remove(place.region());
    return new Regions(place, List.copyOf(all));
  }

  private static List<String> regions(String policy) {
    try {
      return policy.isEmpty() ? List.of() : PolicyDocument.read(policy).pace().regions();
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  List<Check> look(Rest google) {
    List<Check> checks = new ArrayList<>();
    Answer home = google.ask(services(place));
    Map<String, Tree> there = byName(home);
    checks.addAll(judged(place, home, tree -> troubles(place, there)));
    for (String region : further) {
      Place where = place.in(region);
      Answer answer = google.ask(services(where));
      Map<String, Tree> here = byName(answer);
      checks.addAll(
          judged(
              where,
              answer,
              tree -> {
                List<Check> found = new ArrayList<>(troubles(where, here));
                found.addAll(missing(where, there.keySet(), here.keySet()));
                found.addAll(callers(where, here.keySet(), there.keySet(), google));
                return found;
              }));
    }
    return checks;
  }

  /** What is wrong; a good word where nothing is. */
  private static List<Check> judged(
      Place where, Answer answer, Function<Tree, List<Check>> troubles) {
    List<Check> found =
        new Refusals(where).orElse(name(where), troubles).apply(answer);
    return found.isEmpty()
        ? List.of(Check.ok(name(where), byName(answer).size() + ", none fails"))
        : found;
  }

  private static String name(Place where) {
    return "services in " + where.region();
  }

  private static Request services(Place where) {
    return Request.get(where.regional("run", "/services?pageSize=1000"));
  }

  /** The team's: under each function is a service, too. */
  private static Map<String, Tree> byName(Answer answer) {
    Map<String, Tree> services =
        new TreeMap<>(Foundations.byName(answer.body().each("services"), s -> s.last("name")));
    services.keySet().removeIf(name -> name.startsWith(OWN));
    return services;
  }

  private static List<Check> troubles(Place where, Map<String, Tree> services) {
    List<Check> checks = new ArrayList<>();
    services.forEach(
        (name, service) -> {
          if (service.text("terminalCondition", "state").equals("CONDITION_FAILED")) {
            checks.add(
                Check.fail(
                    "service %s in %s".formatted(name, where.region()),
                    service.text("terminalCondition", "message"),
                    "gcloud run services describe %s --project %s --region %s"
                        .formatted(name, where.project(), where.region())));
          }
        });
    return checks;
  }

  private static List<Check> missing(Place where, Set<String> wanted, Set<String> here) {
    Set<String> missing = new TreeSet<>(wanted);
    missing.removeAll(here);
    return missing.isEmpty()
        ? List.of()
        : List.of(
            Check.warn(
                name(where),
                "not there: %s; the next release of each makes it"
                    .formatted(String.join(", ", missing)),
                "docs/operations.md, Several regions"));
  }

  /** Who may call a service is no part of a release: a region added later has nobody. */
  private List<Check> callers(
      Place where, Set<String> here, Set<String> there, Rest google) {
    List<Check> checks = new ArrayList<>();
    for (String service : here) {
      if (there.contains(service)) {
        Set<String> barred = new TreeSet<>(callers(place, service, google));
        barred.removeAll(callers(where, service, google));
        barred.forEach(
            member ->
                checks.add(
                    Check.warn(
                        "service %s in %s".formatted(service, where.region()),
                        "%s may call it in %s, and not here".formatted(member, place.region()),
                        "gcloud run services add-iam-policy-binding %s --project %s --region %s --member %s --role roles/run.invoker"
                            .formatted(service, where.project(), where.region(), member))));
      }
    }
    return checks;
  }

  private static Set<String> callers(Place where, String service, Rest google) {
    Set<String> callers = new TreeSet<>();
    google
        .ask(Request.get(where.regional("run", "/services/" + service + ":getIamPolicy")))
        .body()
        .each("bindings")
        .stream()
        .filter(binding -> binding.text("role").equals("roles/run.invoker"))
        .forEach(binding -> binding.each("members").forEach(member -> callers.add(member.text())));
    return callers;
  }
}
