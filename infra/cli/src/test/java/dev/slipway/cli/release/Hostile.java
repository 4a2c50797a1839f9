package dev.slipway.cli.release;

import com.google.gson.JsonPrimitive;
import dev.slipway.cli.environment.FakeConsole;
import dev.slipway.console.ask.Event;
import dev.slipway.json.Json;
import dev.slipway.release.Command;
import dev.slipway.release.Crate;
import dev.slipway.release.CrateSettings;
import dev.slipway.release.Finding;
import dev.slipway.release.Image;
import dev.slipway.release.Measure;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Rollout;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.Source;
import dev.slipway.release.StoredObject;
import dev.slipway.release.Upload;
import dev.slipway.release.Verdict;
import dev.slipway.release.Vote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A release whose every text was written by somebody who means harm to who reads it. */
public final class Hostile {

  /** Orders to a terminal, what turns the direction of writing, and lines that look like ours. */
  public static final String TEXT =
      "x\u001B[2J\u001B]0;owned\u0007\u009B31m\u202Egnp\u2066.exe\u200B\r\nslipway: all is well\bY";

  private static final Instant BEGIN = Instant.parse("2026-01-02T10:00:00Z");

  private final Upload upload = new Upload("uploads", "x" + TEXT, 7);
  private final ReleaseId id = ReleaseId.of(new ServiceName("hello"), upload);
  private final List<Event> events = new ArrayList<>();
  private Release release;

  public Hostile() {
    ReleaseEvent received =
        new ReleaseEvent.Received(
            new Source(upload, "ab".repeat(32), 100, new StoredObject("s", TEXT, 1)),
            crate(),
            List.of(Finding.at("rule", TEXT, TEXT)));
    release = Release.begin(id, received, BEGIN);
    events.add(new Event(1, BEGIN, TEXT, received));
    happens(new ReleaseEvent.BuildSubmitted(TEXT, 1));
    happens(
        new ReleaseEvent.BuildSucceeded(
            TEXT,
            new Image("host/" + TEXT, "sha256:" + TEXT, 100, 200, List.of()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
    happens(
        new ReleaseEvent.RolloutStarted(
            new Rollout(id.revision(), Optional.of(TEXT), 1),
            List.of(Finding.of("rule", TEXT))));
    happens(new ReleaseEvent.SmokePassed(3, 5));
    happens(new ReleaseEvent.StepReached(0, 10, Optional.of(verdict())));
    happens(new ReleaseEvent.RollbackStarted(TEXT, 2, Optional.empty(), Optional.of(verdict())));
    happens(new ReleaseEvent.RolledBack(TEXT));
  }

  private static Crate crate() {
    return new Crate(
        new ServiceName("hello"), TEXT, TEXT, TEXT, Optional.of(TEXT), Optional.of(TEXT), TEXT,
        Optional.empty(), 1, TEXT, List.of(TEXT), CrateSettings.DEFAULT);
  }

  private static Verdict verdict() {
    Measure measure =
        new Measure(
            TEXT, Verdict.Outcome.UNHEALTHY, Optional.of(2.0), Optional.of(1.0), TEXT, 9, TEXT);
    return new Verdict(
        Verdict.Outcome.UNHEALTHY, List.of(measure), BEGIN, BEGIN.plusSeconds(9), 9, 1);
  }

  private void happens(ReleaseEvent event) {
    Instant at = BEGIN.plusSeconds(events.size());
    release = release.on(event, at);
    events.add(new Event(events.size() + 1, at, TEXT, event));
  }

  public ReleaseId id() {
    return id;
  }

  /** Has a console answer with it, and refuse every command in its words. */
  public void on(FakeConsole console) {
    ServiceRecord service =
        new ServiceRecord(
            id.service(), Optional.of(id), Optional.empty(), Optional.empty(), 1,
            Optional.of(id), 7, List.of(new ServiceRecord.Size(id, 100, BEGIN)),
            Optional.of(new Vote(TEXT, TEXT, BEGIN)));
    String record = Json.write(service, ServiceRecord.class);
    String one = Json.write(release, Release.class);
    StringBuilder all = new StringBuilder();
    events.forEach(
        event ->
            all.append(all.isEmpty() ? "" : ",").append(Json.write(event, Event.class)));
    String quoted = new JsonPrimitive(TEXT).toString();
    console.answers("/api/me", 200, "{\"name\":%s,\"role\":%s}".formatted(quoted, quoted));
    console.answers("/api/services", 200, "[" + record + "]");
    console.answers(
        "/api/services/hello",
        200,
        "{\"service\":%s,\"traffic\":{\"uri\":%s,\"shares\":[{\"revision\":%s,\"percent\":100}]}}"
            .formatted(record, quoted, quoted));
    console.answers(
        "/api/services/hello/sizes", 200, Json.tree(service, ServiceRecord.class)
            .getAsJsonObject().get("sizes").toString());
    console.answers("/api/releases", 200, "[" + one + "]");
    console.answers(
        "/api/releases/" + id,
        200,
        "{\"release\":%s,\"events\":[%s],\"commands\":[\"%s\"]}"
            .formatted(one, all, Command.Kind.RETRY));
    console.answers("/api/releases/" + id + "/events", 200, "[" + all + "]");
    console.answers(
        "/api/releases/" + id + "/commands", 409, "{\"error\":%s}".formatted(quoted));
  }
}
