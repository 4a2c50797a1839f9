package dev.slipway.cli.doctor;

import dev.slipway.DeployFunction;
import dev.slipway.cli.doctor.Rest.Question;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is said, and to whom: topics, subscriptions, triggers and the beat. */
record Messages(Place place, Refusals refusals) {

  static final String TICK = "slipway-tick";
  static final String DEAD_LETTERS = "dead-letters";
  static final String RELEASE_EVENTS = "release-events";
  static final Set<String> TOPICS =
      new TreeSet<>(
          Set.of(
              DeployFunction.BUILD_TOPIC,
              DeployFunction.TICK_TOPIC,
              DeployFunction.COMMAND_TOPIC,
              RELEASE_EVENTS,
              DEAD_LETTERS));

  /** What each function hears: {@code SERVICE TOPIC}. */
  private static final Set<String> HEARD =
      Set.of(
          "slipway-deploy cloud-builds",
          "slipway-deploy ticks",
          "slipway-deploy commands",
          "slipway-ingest ticks");

  private static final String UPLOADS = "slipway-ingest uploads";

  Question topics() {
    return new Question(
        "topics",
        Request.get(place.global("pubsub", "/topics?pageSize=1000")),
        refusals.orElse("topics", tree -> List.of(topics(tree))));
  }

  private Check topics(Tree tree) {
    Set<String> missing = new TreeSet<>(TOPICS);
    tree.each("topics").forEach(topic -> missing.remove(topic.last("name")));
    return Refusals.judge(
        "topics",
        missing.isEmpty(),
        String.join(", ", TOPICS),
        "missing: "
            + String.join(", ", missing)
            + (missing.contains("cloud-builds")
                ? "; without cloud-builds Cloud Build tells nobody of a build"
                : ""),
        place.apply());
  }

  /** @param told whether there is a function that is told of releases */
  Question subscriptions(boolean told) {
    return new Question(
        "subscriptions",
        Request.get(place.global("pubsub", "/subscriptions?pageSize=1000")),
        refusals.orElse("subscriptions", tree -> subscriptions(tree.each("subscriptions"), told)));
  }

  private List<Check> subscriptions(List<Tree> all, boolean told) {
    List<Check> checks = new ArrayList<>();
    checks.add(kept(all));
    List<String> heard =
        new ArrayList<>(
            List.of(DeployFunction.BUILD_TOPIC, DeployFunction.COMMAND_TOPIC, DeployFunction.TICK_TOPIC));
    if (told) {
      heard.add(RELEASE_EVENTS);
    }
    for (String topic : heard) {
      checks.add(
          heard(topic, all.stream().filter(s -> s.last("topic").equals(topic)).toList()));
    }
    List<String> orphans =
        all.stream()
            .filter(s -> s.text("topic").equals("_deleted-topic_"))
            .map(s -> s.last("name"))
            .toList();
    if (!orphans.isEmpty()) {
      checks.add(
          Check.warn(
              "subscriptions",
              "their topic was deleted: " + String.join(", ", orphans),
              "gcloud pubsub subscriptions delete %s --project %s"
                  .formatted(String.join(" ", orphans), place.project())));
    }
    return checks;
  }

  private Check kept(List<Tree> all) {
    boolean there =
        all.stream()
            .anyMatch(s -> s.last("name").equals(DEAD_LETTERS) && s.last("topic").equals(DEAD_LETTERS));
    return Refusals.judge(
        "subscription dead-letters",
        there,
        "what is given up is kept",
        "what is given up is lost: nothing subscribes to the topic dead-letters",
        place.apply());
  }

  private Check heard(String topic, List<Tree> subscriptions) {
    String name = "subscriptions of " + topic;
    List<String> broken =
        subscriptions.stream()
            .filter(s -> s.text("state").equals("RESOURCE_ERROR"))
            .map(s -> s.last("name"))
            .toList();
    if (subscriptions.isEmpty() || !broken.isEmpty()) {
      return Check.fail(
          name,
          subscriptions.isEmpty() ? "nobody hears it" : "broken: " + String.join(", ", broken),
          place.apply());
    }
    List<String> endless =
        topic.equals(DeployFunction.TICK_TOPIC)
            ? List.of()
            : subscriptions.stream()
                .filter(s -> !s.last("deadLetterPolicy", "deadLetterTopic").equals(DEAD_LETTERS))
                .map(s -> s.last("name"))
                .toList();
    return endless.isEmpty()
        ? Check.ok(name, subscriptions.size() + " heard")
        : Check.warn(
            name,
            "what fails for long is lost, not kept as a dead letter: " + String.join(", ", endless),
            "infra/gcp/dead-letters %s %s".formatted(place.project(), place.region()));
  }

  Question triggers() {
    return new Question(
        "triggers",
        Request.get(place.regional("eventarc", "/triggers?pageSize=1000")),
        refusals.orElse("triggers", tree -> List.of(triggers(tree.each("triggers")))));
  }

  private Check triggers(List<Tree> triggers) {
    Set<String> missing = new TreeSet<>(HEARD);
    missing.add(UPLOADS);
    Map<String, String> troubles = new TreeMap<>();
    for (Tree trigger : triggers) {
      String function = function(trigger);
      missing.remove(function + " " + trigger.last("transport", "pubsub", "topic"));
      if (isOfUploads(trigger)) {
        missing.remove(function + " uploads");
      }
      for (String condition : trigger.texts("conditions").keySet()) {
        troubles.put(trigger.last("name"), trigger.text("conditions", condition, "message"));
      }
    }
    if (!missing.isEmpty()) {
      return Check.fail(
          "triggers",
          "not heard: " + String.join("; ", missing),
          place.apply() + "   # a first apply may come too early: apply again");
    }
    return troubles.isEmpty()
        ? Check.ok("triggers", "uploads, builds, ticks and commands reach their functions")
        : Check.fail(
            "triggers",
            troubles.entrySet().stream().map(Object::toString).collect(Collectors.joining("; ")),
            place.apply());
  }

  private static String function(Tree trigger) {
    String service = trigger.last("destination", "cloudRun", "service");
    return service.isEmpty() ? trigger.last("destination", "cloudFunction") : service;
  }

  private boolean isOfUploads(Tree trigger) {
    Set<String> values = new HashSet<>();
    trigger.each("eventFilters").forEach(filter -> values.add(filter.text("value")));
    return values.contains(place.project() + "-uploads");
  }

  Question tick() {
    String name = "job " + TICK;
    return new Question(
        name,
        Request.get(place.regional("cloudscheduler", "/jobs/" + TICK)),
        refusals.orElse(name, tree -> List.of(tick(name, tree))));
  }

  private Check tick(String name, Tree job) {
    String resume =
        "gcloud scheduler jobs resume %s --project %s --location %s"
            .formatted(TICK, place.project(), place.region());
    if (!job.text("state").equals("ENABLED")) {
      return Check.fail(
          name, "it is " + job.text("state") + ": no canary widens, nothing lost is found", resume);
    }
    if (!job.last("pubsubTarget", "topicName").equals(DeployFunction.TICK_TOPIC)) {
      return Check.fail(name, "it does not publish to ticks", place.apply());
    }
    if (job.number("status", "code") != 0) {
      return Check.fail(
          name,
          "its last attempt failed with code %d %s"
              .formatted(job.number("status", "code"), job.text("status", "message")).strip(),
          resume.replace("resume", "run"));
    }
    return job.has("lastAttemptTime")
        ? Check.ok(name, "enabled, last ran " + job.text("lastAttemptTime"))
        : Check.warn(name, "it has never run", resume.replace("resume", "run"));
  }
}
