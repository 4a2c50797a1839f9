package dev.slipway.local.builds;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import dev.slipway.local.builds.TrialRuns.Seen;
import java.nio.charset.StandardCharsets;

/** What was seen of an image that was run, as the last step of the build template reports it. */
record TrialReport(Seen seen) {

  /** With the nulls: the report of a static binary says that it needs no glibc by one. */
  private static final Gson JSON = new GsonBuilder().serializeNulls().create();

  /** {@code {"listens":["0.0.0.0:8080"],"handlesTerm":true,"exitCode":0,"stopMillis":12}}. */
  String json() {
    return JSON.toJson(object());
  }

  private JsonObject object() {
    JsonObject object = new JsonObject();
    JsonArray listens = new JsonArray();
    seen.listens().forEach(listens::add);
    object.add("listens", listens);
    object.addProperty("handlesTerm", seen.handlesTerm());
    seen.exitCode().ifPresent(code -> object.addProperty("exitCode", code));
    seen.stop().ifPresent(stop -> object.addProperty("stopMillis", stop.toMillis()));
    return object;
  }

  /** The report of a build with this in it; one that is no JSON object stays as it is. */
  ByteString join(ByteString report) {
    try {
      JsonObject all = JsonParser.parseString(report.toStringUtf8()).getAsJsonObject();
      all.add("trialRun", object());
      return ByteString.copyFrom(JSON.toJson(all), StandardCharsets.UTF_8);
    } catch (JsonParseException | IllegalStateException e) {
      return report;
    }
  }
}
