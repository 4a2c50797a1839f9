package dev.slipway.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.slipway.release.Change;
import dev.slipway.release.Command;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.Samples;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.Stage;
import dev.slipway.release.Vote;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class JsonTest {

  @Test
  void everyStageComesBackAsItWas() {
    assertEachComesBack(Stage.class, Samples.stages());
  }

  @Test
  void everyEventComesBackAsItWas() {
    assertEachComesBack(ReleaseEvent.class, Samples.events());
  }

  private static <T> void assertEachComesBack(Class<T> type, Map<String, ? extends T> samples) {
    assertThat(samples.values().stream().map(Object::getClass).collect(Collectors.toSet()))
        .as("a sample of every record of " + type.getSimpleName())
        .isEqualTo(Samples.records(type).collect(Collectors.toSet()));
    samples.forEach(
        (name, sample) -> {
          assertThat(Json.read(Json.write(sample, type), type)).as(name).isEqualTo(sample);
          assertThat(Json.value(Json.map(sample, type), type)).as(name).isEqualTo(sample);
        });
  }

  @Test
  void aReleaseInEveryStageComesBackAsItWas() {
    Samples.stages()
        .forEach(
            (name, stage) -> {
              Release release = Samples.release(stage);
              assertThat(Json.value(Json.map(release, Release.class), Release.class))
                  .as(name)
                  .isEqualTo(release);
            });
  }

  private record Holder(ReleaseEvent event) {}

  @Test
  void anEventWithinAnotherRecordComesBackAsItWas() {
    Samples.events()
        .forEach(
            (name, event) ->
                assertThat(Json.read(Json.write(new Holder(event), Holder.class), Holder.class))
                    .as(name)
                    .isEqualTo(new Holder(event)));
  }

  @Test
  void aServiceComesBackAsItWas() {
    ServiceRecord unknown = ServiceRecord.unknown(Samples.HELLO);
    ServiceRecord full =
        new ServiceRecord(
            Samples.HELLO,
            Optional.of(Samples.ID),
            Optional.of(Samples.OTHER),
            Optional.of(Samples.THIRD),
            Long.MAX_VALUE,
            Optional.of(Samples.ID),
            1767225600123456L,
            List.of(new ServiceRecord.Size(Samples.ID, 1L << 40, Samples.NOW)),
            Optional.of(new Vote("ana", "why", Samples.NOW)));

    for (ServiceRecord service : List.of(unknown, full)) {
      assertThat(Json.value(Json.map(service, ServiceRecord.class), ServiceRecord.class))
          .isEqualTo(service);
    }
  }

  @Test
  void aChangesEntryComesBackAsItWas() {
    Change.Entry entry =
        Change.of(
                Samples.release(new Stage.Built()),
                ServiceRecord.unknown(Samples.HELLO),
                Map.of(),
                new ReleaseEvent.Held("why"),
                "alice",
                Samples.NOW)
            .entries()
            .getFirst();

    String json = Json.write(entry, Change.Entry.class);

    assertThat(Json.read(json, Change.Entry.class)).isEqualTo(entry);
  }

  @Test
  void theShapeIsPlain() {
    String json =
        Json.write(
            new Stage.Candidate(Samples.ROLLOUT, Samples.NOW, true), Stage.class);

    assertThat(JsonParser.parseString(json))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"type": "Candidate",
                 "rollout": {"revision": "%s", "baseline": "hello-0123456789ab", "epoch": 7},
                 "since": "2026-01-01T00:00:00.123456Z",
                 "smoked": true,
                 "haste": "NONE"}
                """
                    .formatted(Samples.ID)));
  }

  @Test
  void whatIsAbsentIsLeftOut() {
    assertThat(Json.write(ServiceRecord.unknown(new ServiceName("a")), ServiceRecord.class))
        .doesNotContain("live")
        .doesNotContain("null");
  }

  @Test
  void aNewerWritersFieldsAreIgnored() {
    Command command =
        Json.read(
            """
            {"kind": "PAUSE", "release": "hello-0123456789ab", "actor": "a", "reason": "",
             "later": {"x": [1]}}
            """,
            Command.class);

    assertThat(command).isEqualTo(new Command(Command.Kind.PAUSE, Samples.OTHER, "a", ""));
  }

  @Test
  void anUnknownTypeAndAnIllegalNameAreRefused() {
    assertThatThrownBy(() -> Json.read("{\"type\": \"Exploded\"}", Stage.class))
        .isInstanceOf(JsonParseException.class)
        .hasMessageContaining("Exploded");
    assertThatThrownBy(
            () -> Json.read("{\"type\": \"Queued\", \"behind\": \"../x\"}", Stage.class))
        .isInstanceOf(JsonParseException.class);
  }
}
