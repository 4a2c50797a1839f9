package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.pipeline.Advance;
import dev.slipway.pipeline.Patience;
import dev.slipway.release.Policy;
import io.cloudevents.CloudEvent;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which events the entry points act on: those, and only those, ask for a port. */
final class EntryPointsTest {

  private static final String FORGED =
      Events.body("finalized").replace("\"bucket\": \"uploads\"", "\"bucket\": \"others\"");
  private static final String FOLDER =
      Events.body("finalized").replace("hello 1.0.0.crate\"", "hello/\"");

  private final Wiring wiring =
      new Wiring(
          settings(),
          ports(),
          new Advance.Context(
              Policy.DEFAULT,
              Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
              new Patience(Duration.ZERO, 0, span -> {})));

  private static Settings settings() {
    return Settings.from(
        Map.of(
            Settings.PROJECT, "acme",
            Settings.REGION, "europe-west1",
            Settings.DATABASE, "web",
            Settings.UPLOAD_BUCKET, "uploads",
            Settings.SOURCE_BUCKET, "sources",
            Settings.REPOSITORY, "host/acme/images",
            Settings.RELEASE_TOPIC, "release-events",
            Settings.SLACK_CHANNEL, "C123",
            Settings.SLACK_TOKEN, "xoxb-nobody"));
  }

  /** Ports of which none may be asked for. */
  private static Ports ports() {
    return (Ports)
        Proxy.newProxyInstance(
            Ports.class.getClassLoader(),
            new Class<?>[] {Ports.class},
            (proxy, method, arguments) -> {
              throw new Touched();
            });
  }

  private static final class Touched extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Test
  void anUploadInOurBucketIsTakenIn() {
    assertThatThrownBy(
            () ->
                new BuildFunction(wiring).accept(Events.finalized(Events.body("finalized"))))
        .isInstanceOf(Touched.class);
  }

  @Test
  void aTickHasUploadsLookedForAndBuildsSubmittedAgain() {
    assertThatThrownBy(
            () ->
                new BuildFunction(wiring)
                    .accept(Events.published("ticks", Events.body("tick"))))
        .isInstanceOf(Touched.class);
    assertThatCode(
            () ->
                new BuildFunction(wiring)
                    .accept(Events.published("commands", Events.body("command"))))
        .doesNotThrowAnyException();
  }

  @Test
  void fault03_oneEventThatReachesTwoFunctionsMovesBothAndAsOftenAsItComes() {
    CloudEvent tick = Events.published("ticks", Events.body("tick"));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> new BuildFunction(wiring).accept(tick)).isInstanceOf(Touched.class);
      assertThatThrownBy(() -> new DeployFunction(wiring).accept(tick)).isInstanceOf(Touched.class);
    }
  }

  @Test
  void fault46_anUploadElsewhereAFolderAndWhatCannotBeReadAreLeftAlone() {
    for (String body : List.of(FORGED, FOLDER, "{}", "not JSON")) {
      assertThatCode(() -> new BuildFunction(wiring).accept(Events.finalized(body)))
          .as(body)
          .doesNotThrowAnyException();
    }
    assertThat(FORGED).contains("others");
    assertThat(FOLDER).contains("crates/hello/");
  }

  @Test
  void buildsTicksAndCommandsMoveReleases() {
    for (CloudEvent event :
        List.of(
            Events.published("cloud-builds", Events.body("build")),
            Events.published("ticks", Events.body("tick")),
            Events.published("commands", Events.body("command")))) {
      assertThatThrownBy(() -> new DeployFunction(wiring).accept(event))
          .isInstanceOf(Touched.class);
    }
  }

  @Test
  void anotherTopicIsLeftAlone() {
    assertIgnored(Events.published("release-events", Events.body("command")));
  }

  @Test
  void fault10_aBuildThatIsNotOursIsAcknowledgedAndIgnored() {
    assertIgnored(Events.published("cloud-builds", Events.body("foreign-build")));
  }

  @Test
  void fault11_aMalformedOrHugeMessageIsAcknowledgedAndBringsNoRetries() {
    assertIgnored(Events.message("cloud-builds", "?"));
    assertIgnored(Events.message("cloud-builds", "[".repeat(400_000)));
    assertIgnored(Events.message("commands", "{\"kind\": \"PAUSE\"}"));
    assertIgnored(
        Events.message(
            "commands",
            "{\"kind\": \"EXPLODE\", \"release\": \"hello-0123456789ab\", \"actor\": \"a\","
                + " \"reason\": \"\"}"));
  }

  private void assertIgnored(CloudEvent event) {
    assertThatCode(() -> new DeployFunction(wiring).accept(event)).doesNotThrowAnyException();
  }

  @Test
  void onlyAReleasesEventIsAnnounced() {
    NotifyFunction notify = new NotifyFunction(wiring);

    assertThatThrownBy(
            () ->
                notify.accept(Events.published("release-events", Events.body("release-event"))))
        .isInstanceOf(Touched.class);
    assertThatCode(() -> notify.accept(Events.message("release-events", "{}")))
        .doesNotThrowAnyException();
  }
}
