package dev.slipway.cli.demo;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.slipway.json.Json;
import dev.slipway.local.slack.SlackMessage;
import dev.slipway.release.Image;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the demo measured, for machines.
 *
 * @param readyMillis from the laptop cloud's start until every API answered
 * @param peakRssBytes the most memory this process ever had, functions and load generator included
 * @param releases oldest first
 * @param sly what the release did that was caught in its canary
 * @param slack the message of each release
 */
record Facts(
    long readyMillis,
    long peakRssBytes,
    List<Release> releases,
    List<LoadGenerator.Answer> answers,
    SlyRelease sly,
    Map<ReleaseId, SlackMessage> slack,
    List<Points.Point> points) {

  String json() {
    JsonObject facts = new JsonObject();
    JsonObject cloud = new JsonObject();
    cloud.addProperty("readyMillis", readyMillis);
    cloud.addProperty("peakRssBytes", peakRssBytes);
    facts.add("cloud", cloud);
    facts.add("releases", array(releases.stream().map(Facts::release).toList()));
    facts.add("load", load());
    facts.add("caughtInCanary", caught());
    facts.add("slack", array(slack.entrySet().stream().map(Facts::message).toList()));
    facts.add("points", array(points.stream().map(Facts::point).toList()));
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(facts);
  }

  private static JsonArray array(List<JsonObject> objects) {
    JsonArray array = new JsonArray();
    objects.forEach(array::add);
    return array;
  }

  private static JsonObject release(Release release) {
    JsonObject object = new JsonObject();
    object.addProperty("id", release.id().toString());
    object.addProperty("service", release.id().service().value());
    release.crate().ifPresent(c -> object.addProperty("crate", c.name()));
    release.crate().ifPresent(c -> object.addProperty("version", c.version()));
    object.addProperty("stage", release.stage().label());
    release.image().ifPresent(image -> image(object, image));
    release
        .report()
        .ifPresent(
            report -> {
              object.addProperty("binaryBytes", report.binaryBytes());
              object.addProperty("cargoSeconds", report.cargo().toMillis() / 1000.0);
            });
    JsonArray stages = new JsonArray();
    for (Release.Entered entered : release.history()) {
      JsonObject stage = new JsonObject();
      stage.addProperty("stage", entered.stage());
      stage.addProperty("at", entered.at().toString());
      stages.add(stage);
    }
    object.add("stages", stages);
    object.add("verdicts", array(release.verdicts().stream().map(Facts::verdict).toList()));
    return object;
  }

  private static JsonObject verdict(Verdict verdict) {
    return Json.tree(verdict, Verdict.class).getAsJsonObject();
  }

  private static void image(JsonObject object, Image image) {
    object.addProperty("digest", image.digest());
    object.addProperty("compressedBytes", image.compressedBytes());
    object.addProperty("uncompressedBytes", image.uncompressedBytes());
  }

  private JsonObject load() {
    JsonObject load = new JsonObject();
    load.addProperty("sent", answers.size());
    load.addProperty("failed", Points.failed(answers));
    load.addProperty(
        "failedOnPurpose", answers.stream().filter(LoadGenerator.Answer::onPurpose).count());
    JsonObject byRevision = new JsonObject();
    byRevision().forEach(byRevision::addProperty);
    load.add("byRevision", byRevision);
    return load;
  }

  private JsonObject caught() {
    JsonObject caught = new JsonObject();
    caught.addProperty("exposedSeconds", sly.exposed().toMillis() / 1000.0);
    caught.addProperty("usersRequests", sly.sent());
    caught.addProperty("failed", sly.failed());
    caught.addProperty("failedPercent", sly.percent());
    return caught;
  }

  private Map<String, Long> byRevision() {
    Map<String, Long> count = new TreeMap<>();
    for (Release release : releases) {
      long answered = Points.answeredBy(answers, release);
      count.put(release.id().revision(), answered);
    }
    return count;
  }

  private static JsonObject message(Map.Entry<ReleaseId, SlackMessage> entry) {
    JsonObject object = new JsonObject();
    object.addProperty("release", entry.getKey().toString());
    object.addProperty("text", entry.getValue().now().text());
    object.addProperty("edits", entry.getValue().edits());
    return object;
  }

  private static JsonObject point(Points.Point point) {
    JsonObject object = new JsonObject();
    object.addProperty("point", point.what());
    object.addProperty("holds", point.holds());
    return object;
  }
}
