package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.json.Json;
import dev.slipway.release.Command;
import dev.slipway.release.Question;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Upload;
import io.cloudevents.CloudEvent;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TriggersTest {

  private static final ReleaseId RELEASE = ReleaseId.parse("hello-0123456789ab");

  @Test
  void aFinalizedObjectIsReadWithItsGeneration() {
    assertThat(Triggers.upload(Events.finalized(Events.body("finalized"))))
        .contains(new Upload("uploads", "crates/hello 1.0.0.crate", 1767225600123456L));
  }

  @Test
  void aGenerationMayBeANumberToo() {
    assertThat(
            Triggers.upload(
                Events.finalized("{\"bucket\": \"b\", \"name\": \"n\", \"generation\": 12}")))
        .contains(new Upload("b", "n", 12));
  }

  @Test
  void aBuildsMessageNamesItsReleaseByTag() {
    assertThat(Triggers.built(Events.published("cloud-builds", Events.body("build"))))
        .contains(RELEASE);
  }

  @Test
  void aBuildThatIsNotOursNamesNone() {
    assertThat(Triggers.built(Events.published("cloud-builds", Events.body("foreign-build"))))
        .isEmpty();
    assertThat(Triggers.built(Events.message("cloud-builds", "{\"tags\": [\"release-\"]}")))
        .isEmpty();
    assertThat(
            Triggers.built(
                Events.message("cloud-builds", "{\"tags\": [\"x\", \"release-../../x\"]}")))
        .isEmpty();
  }

  @Test
  void aCommandIsRead() {
    assertThat(Triggers.command(Events.published("commands", Events.body("command"))))
        .contains(new Command(Command.Kind.ROLLBACK, RELEASE, "alice", "it is slow"));
  }

  @Test
  void aQuestionIsReadAndIsNoCommand() {
    Question question =
        new Question("0".repeat(32), RELEASE.service(), "ana", Instant.parse("2026-01-01T00:00:00Z"));
    CloudEvent event = Events.message("commands", Json.write(question, Question.class));

    assertThat(Triggers.question(event)).contains(question);
    assertThat(Triggers.command(event)).isEmpty();
    assertThat(Triggers.question(Events.published("commands", Events.body("command")))).isEmpty();
  }

  @Test
  void aQuestionThatIsNotWholeOrWouldNameAnotherDocumentIsNone() {
    String id = "0".repeat(32);
    for (String json :
        List.of(
            "{}",
            "[]",
            "{\"id\": \"%s\", \"service\": \"hello\", \"actor\": \"ana\"}".formatted(id),
            "{\"id\": \"../releases/x\", \"service\": \"hello\", \"actor\": \"ana\", \"at\": \"2026-01-01T00:00:00Z\"}",
            "{\"id\": \"%s\", \"service\": \"HELLO!\", \"actor\": \"ana\", \"at\": \"2026-01-01T00:00:00Z\"}".formatted(id),
            "{\"id\": \"%s\", \"service\": \"hello\", \"actor\": \"%s\", \"at\": \"2026-01-01T00:00:00Z\"}"
                .formatted(id, "a".repeat(400)))) {
      assertThat(Triggers.question(Events.message("commands", json))).as(json).isEmpty();
    }
  }

  @Test
  void aCommandThatLeavesSomethingOutIsNone() {
    for (String json :
        List.of(
            "{}",
            "{\"release\": \"hello-0123456789ab\", \"actor\": \"a\", \"reason\": \"\"}",
            "{\"kind\": \"DESTROY\", \"release\": \"hello-0123456789ab\", \"actor\": \"a\", \"reason\": \"\"}",
            "{\"kind\": \"PAUSE\", \"actor\": \"a\", \"reason\": \"\"}",
            "{\"kind\": \"PAUSE\", \"release\": null, \"actor\": \"a\", \"reason\": \"\"}",
            "{\"kind\": \"PAUSE\", \"release\": \"hello\", \"actor\": \"a\", \"reason\": \"\"}",
            "{\"kind\": \"PAUSE\", \"release\": \"hello-0123456789ab\", \"reason\": \"\"}",
            "{\"kind\": \"PAUSE\", \"release\": \"hello-0123456789ab\", \"actor\": \"a\"}")) {
      assertThat(Triggers.command(Events.message("commands", json))).as(json).isEmpty();
    }
  }

  @Test
  void aReleasesEventNamesIt() {
    assertThat(Triggers.release(Events.published("release-events", Events.body("release-event"))))
        .contains(RELEASE);
  }

  @Test
  void theTopicIsTheLastPartOfTheSource() {
    assertThat(Triggers.topic(Events.published("ticks", Events.body("tick")))).isEqualTo("ticks");
  }

  @Test
  void whatCannotBeReadIsNothing() {
    unreadable()
        .forEach(
            event -> {
              assertThat(Triggers.upload(event)).isEmpty();
              assertThat(Triggers.built(event)).isEmpty();
              assertThat(Triggers.command(event)).isEmpty();
              assertThat(Triggers.release(event)).isEmpty();
            });
  }

  private static Stream<CloudEvent> unreadable() {
    Stream<String> bodies =
        Stream.of(
            "",
            "null",
            "[]",
            "42",
            "\"text\"",
            "{",
            "{}",
            "\0\1\2",
            "{\"message\": null}",
            "{\"message\": []}",
            "{\"message\": {}}",
            "{\"message\": {\"data\": null}}",
            "{\"message\": {\"data\": {}}}",
            "{\"message\": {\"data\": \"not base64!\"}}",
            "{\"message\": {\"data\": \"\"}}",
            "{\"bucket\": \"b\", \"name\": \"n\"}",
            "{\"bucket\": \"\", \"name\": \"n\", \"generation\": \"1\"}",
            "{\"bucket\": \"b\", \"name\": \"\", \"generation\": \"1\"}",
            "{\"bucket\": \"b\", \"name\": \"n\", \"generation\": \"0\"}",
            "{\"bucket\": \"b\", \"name\": \"n\", \"generation\": \"-1\"}",
            "{\"bucket\": \"b\", \"name\": \"n\", \"generation\": \"soon\"}",
            "{\"bucket\": \"b\", \"name\": \"n\", \"generation\": 1e999999999}",
            "{\"bucket\": [], \"name\": {}, \"generation\": []}",
            "x".repeat(512 * 1024),
            "[".repeat(512 * 1024),
            "{\"message\":".repeat(40_000));
    Stream<String> messages =
        Stream.of("", "null", "[]", "{}", "{\"tags\": {}}", "{\"release\": 1}", "\0");
    return Stream.of(
            Stream.of(Events.empty()),
            bodies.map(Events::finalized),
            messages.map(m -> Events.message("commands", m)))
        .flatMap(s -> s);
  }
}
