package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.rollout.ServiceSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class SettingsTest {

  private static Map<String, String> complete() {
    Map<String, String> environment = new HashMap<>();
    environment.put(Settings.PROJECT, "acme-web");
    environment.put(Settings.REGION, "europe-west1");
    environment.put(Settings.DATABASE, "web");
    environment.put(Settings.UPLOAD_BUCKET, "acme-web-uploads");
    environment.put(Settings.SOURCE_BUCKET, "acme-web-sources");
    environment.put(Settings.REPOSITORY, "europe-west1-docker.pkg.dev/acme-web/web-images");
    environment.put(Settings.RELEASE_TOPIC, "release-events");
    return environment;
  }

  @Test
  void aCompleteEnvironmentIsRead() {
    Settings settings = Settings.from(complete());

    assertThat(settings.project()).isEqualTo("acme-web");
    assertThat(settings.slack()).isEmpty();
    assertThat(settings.laptop()).isEmpty();
  }

  @Test
  void everyProblemIsReportedAtOnce() {
    Map<String, String> environment = complete();
    environment.remove(Settings.PROJECT);
    environment.put(Settings.REGION, " ");
    environment.put("SLIPWAY_REGOIN", "europe-west1");
    environment.put(Settings.SLACK_CHANNEL, "C123");
    environment.put(Settings.ADVISORIES, "advisories.zip");
    environment.put(Settings.BUILD_POOL, "pool");

    assertThatThrownBy(() -> Settings.from(environment))
        .hasMessageContaining("SLIPWAY_ADVISORIES must be gs://BUCKET/OBJECT")
        .hasMessageContaining("SLIPWAY_BUILD_POOL must be projects/P/locations/L/workerPools/W")
        .hasMessageContaining("SLIPWAY_PROJECT is not set")
        .hasMessageContaining("SLIPWAY_REGION is not set")
        .hasMessageContaining("SLIPWAY_REGOIN is not a setting")
        .hasMessageContaining("SLIPWAY_SLACK_CHANNEL and SLIPWAY_SLACK_TOKEN go together");
  }

  @Test
  void variablesOfOthersAreLeftAlone() {
    Map<String, String> environment = complete();
    environment.put("PATH", "/bin");
    environment.put("K_SERVICE", "deploy");

    assertThat(Settings.from(environment)).isNotNull();
  }

  @Test
  void theSlackTokenIsNeverPrinted() {
    Map<String, String> environment = complete();
    environment.put(Settings.SLACK_CHANNEL, "C123");
    environment.put(Settings.SLACK_TOKEN, "xoxb-secret");

    assertThat(Settings.from(environment).toString()).doesNotContain("xoxb-secret");
  }

  @Test
  void noSecretOfSlacksIsPrintedNotEvenAWrongOne() {
    Map<String, String> environment = complete();
    environment.put(Settings.SLACK_WEBHOOK, "https://hooks.slack.com/services/T0/B0/secret");
    environment.put(Settings.SLACK_SIGNING_SECRET, "signed-secret");

    Settings settings = Settings.from(environment);

    assertThat(settings.toString()).doesNotContain("secret");
    assertThat(settings.secrets())
        .containsExactlyInAnyOrder(
            "https://hooks.slack.com/services/T0/B0/secret", "signed-secret");
    environment.put(Settings.SLACK_WEBHOOK, "https://hooks.slack.com/services/T0/B0/se cret?");
    assertThatThrownBy(() -> Settings.from(environment))
        .hasMessageContaining("SLIPWAY_SLACK_WEBHOOK must be")
        .hasMessageNotContaining("cret?");
  }

  @Test
  void slackIsReachedOneWayAndThePageHasAnAddress() {
    Map<String, String> environment = complete();
    environment.put(Settings.SLACK_ROUTES, "{}");
    environment.put(Settings.CONSOLE_URL, "slipway.acme.dev");
    assertThatThrownBy(() -> Settings.from(environment))
        .hasMessageContaining("SLIPWAY_SLACK_ROUTES is set, but neither")
        .hasMessageContaining("SLIPWAY_CONSOLE_URL must be an address");

    environment.put(Settings.SLACK_CHANNEL, "C123");
    environment.put(Settings.SLACK_TOKEN, "xoxb-nobody");
    environment.put(Settings.SLACK_WEBHOOK, "https://hooks.slack.com/services/T0/B0/x");
    environment.put(Settings.CONSOLE_URL, "https://slipway.acme.dev/");
    assertThatThrownBy(() -> Settings.from(environment)).hasMessageContaining("exclude each other");

    environment.remove(Settings.SLACK_WEBHOOK);
    assertThat(Settings.from(environment).consoleUrl()).contains("https://slipway.acme.dev");
  }

  @Test
  void whoMayNotReadTheTokenCanBeToldThatThereIsASlack() {
    Map<String, String> environment = complete();
    assertThat(Settings.from(environment).announced()).isFalse();

    environment.put(Settings.SLACK, "true");
    Settings told = Settings.from(environment);
    assertThat(told.announced()).isTrue();
    assertThat(told.slack()).isEmpty();

    environment.put(Settings.SLACK, "false");
    assertThat(Settings.from(environment).announced()).isFalse();
  }

  @Test
  void whoHasTheTokenNeedNotBeTold() {
    Map<String, String> environment = complete();
    environment.put(Settings.SLACK_CHANNEL, "C123");
    environment.put(Settings.SLACK_TOKEN, "xoxb-nobody");

    assertThat(Settings.from(environment).announced()).isTrue();
  }

  @Test
  void whetherThereIsASlackIsTrueOrFalseAndNotContradicted() {
    Map<String, String> environment = complete();
    environment.put(Settings.SLACK, "yes");
    assertThatThrownBy(() -> Settings.from(environment))
        .hasMessageContaining("SLIPWAY_SLACK must be true or false, not 'yes'");

    environment.put(Settings.SLACK, "false");
    environment.put(Settings.SLACK_CHANNEL, "C123");
    environment.put(Settings.SLACK_TOKEN, "xoxb-nobody");
    assertThatThrownBy(() -> Settings.from(environment))
        .hasMessageContaining("SLIPWAY_SLACK is false, yet there is");
  }

  @Test
  void whatTheTeamSaysOfItsServicesIsRead() {
    Map<String, String> environment = complete();
    environment.put(
        Settings.SERVICES,
        "{\"api\":{\"memory\":\"1Gi\",\"min_instances\":1,\"env\":{\"RUST_LOG\":\"info\"},\"secrets\":{\"KEY\":{\"secret\":\"api-key\",\"version\":\"2\"}}},\"jobs\":{}}");

    Map<String, ServiceSettings> services = Settings.from(environment).services();

    assertThat(services).containsOnlyKeys("api", "jobs");
    ServiceSettings api = Objects.requireNonNull(services.get("api"));
    assertThat(api.memory()).contains("1Gi");
    assertThat(api.cpu()).isEmpty();
    assertThat(api.minInstances()).contains(1);
    assertThat(api.env()).isEqualTo(Map.of("RUST_LOG", "info"));
    assertThat(api.secrets()).isEqualTo(Map.of("KEY", new ServiceSettings.Secret("api-key", "2")));
  }

  @Test
  void everythingWrongWithTheServicesIsReported() {
    Map<String, String> environment = complete();
    environment.put(
        Settings.SERVICES,
        "{api: {memory: lots, min_instances: -1, cpus: 1, secrets: {KEY: {secret: k}}}}");

    assertThatThrownBy(() -> Settings.from(environment))
        .hasMessageContaining("SLIPWAY_SERVICES")
        .hasMessageContaining("memory")
        .hasMessageContaining("min_instances")
        .hasMessageContaining("cpus")
        .hasMessageContaining("version");
  }
}
