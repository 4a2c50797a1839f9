package dev.slipway.cli.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TeamFileTest {

  private static final Path TEAMS = Path.of(System.getProperty("slipway.root"), "infra/gcp/teams");

  @TempDir Path folder;

  private List<String> problems(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("ab.yaml"), yaml);
    return TeamFile.read(file).problems().stream().map(Finding::message).toList();
  }

  private static String team(String environment) {
    return """
    name: ab
    contact: ab@example.com
    environments:
      prod: {project: ab-prod, number: "100000000001", region: europe-west1%s}
    """
        .formatted(environment.isEmpty() ? "" : ", " + environment);
  }

  @Test
  void everyTeamThatIsThereIsRight() throws IOException {
    try (Stream<Path> files = Files.list(TEAMS)) {
      assertThat(files.filter(f -> f.toString().endsWith(".yaml")))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(TeamFile.read(file).problems()).isEmpty());
    }
  }

  @Test
  void theSmallestTeamIsRight() throws IOException {
    assertThat(problems(team(""))).isEmpty();
  }

  @Test
  void aPolicyIsReadByTheCodeThatObeysIt() throws IOException {
    assertThat(problems(team("policy: {steps: [50, 10, 100], hold: soon}")))
        .singleElement()
        .asString()
        .contains("environments.prod.policy")
        .contains("`hold`");
  }

  @Test
  void everyProblemIsToldAtOnce() throws IOException {
    List<String> problems =
        problems(
            """
            name: other
            contact: nobody
            environments:
              prod:
                number: 100000000001
                region: Europe
                uploader: ["group:a@example.com"]
                operators: ["everyone"]
                promote_from: staging
                promoters: []
                services: {Api: {}, api: {memory: lots, secrets: {KEY: {secret: key, version: latest}}}}
                slack: {channel: "#releases"}
            """);

    assertThat(problems)
        .anySatisfy(p -> assertThat(p).contains("`name`", "the file's"))
        .anySatisfy(p -> assertThat(p).contains("`contact`"))
        .anySatisfy(p -> assertThat(p).contains("prod.project` is missing"))
        .anySatisfy(p -> assertThat(p).contains("prod.number`", "a string"))
        .anySatisfy(p -> assertThat(p).contains("prod.region`"))
        .anySatisfy(p -> assertThat(p).contains("prod.uploader`", "did you mean `uploaders`"))
        .anySatisfy(p -> assertThat(p).contains("prod.operators`", "everyone"))
        .anySatisfy(p -> assertThat(p).contains("no other environment 'staging'"))
        .anySatisfy(p -> assertThat(p).contains("services.Api`"))
        .anySatisfy(p -> assertThat(p).contains("services.api.memory`"))
        .anySatisfy(p -> assertThat(p).contains("secrets.KEY.version`"))
        .anySatisfy(p -> assertThat(p).contains("slack.channel`"))
        .anySatisfy(p -> assertThat(p).contains("slack.token_version` is missing"));
  }

  @Test
  void aFileThatIsNoTableIsRefused() throws IOException {
    assertThat(problems("- a list")).containsExactly("it is no table of settings");
  }

  @Test
  void routesAreReadByTheCodeThatObeysThem() throws IOException {
    assertThat(problems(team("slack: {channel: C0X, token_version: '1', routes: {quiteHours: {}}}")))
        .singleElement()
        .asString()
        .contains("prod.slack.routes", "quietHours");
  }

  @Test
  void aWebhookPostsAndNothingElse() throws IOException {
    assertThat(problems(team("slack: {webhook_version: '1', routes: {reasons: [rollback]}}"))).isEmpty();
    assertThat(
            problems(
                team(
                    "slack: {webhook_version: '1', signing_version: '1', routes: {homes: [{services: ['*'], channel: C0X}]}}")))
        .hasSize(2)
        .anySatisfy(p -> assertThat(p).contains("signing_version"))
        .anySatisfy(p -> assertThat(p).contains("homes"));
  }

  @Test
  void warmInstancesAreOfTheFunctionThatTakesClicks() throws IOException {
    assertThat(problems(team("slack: {channel: C0X, token_version: '1', min_instances: 1}")))
        .singleElement()
        .asString()
        .contains("set signing_version");
  }

  @Test
  void aConsoleIsSignedInToInOneOfTwoWays() throws IOException {
    assertThat(
            problems(
                team("console: {sign_in: password, url: 'http://x', audiences: ['a, b'], min_instances: 11}")))
        .hasSize(4);
    assertThat(problems(team("console: {sign_in: iap, url: 'https://slipway.example.com'}"))).isEmpty();
  }

  @Test
  void theEnvironmentsOwnRegionComesFirst() throws IOException {
    assertThat(problems(team("policy: {regions: [us-central1, europe-west1]}")))
        .singleElement()
        .asString()
        .contains("policy.regions", "europe-west1");
    assertThat(problems(team("policy: {regions: [europe-west1, us-central1]}"))).isEmpty();
  }

  @Test
  void aTokenWithoutAChannelIsRefused() throws IOException {
    assertThat(problems(team("slack: {token_version: '1'}")))
        .containsExactly("`environments.prod.slack.channel` is missing");
  }

  @Test
  void whereNothingMayBeOpenToEveryoneNoServiceIs() throws IOException {
    String services = "services: {api: {public: true}, jobs: {}}";

    assertThat(problems(team(services))).isEmpty();
    assertThat(problems(team("allow_public: false, " + services)))
        .singleElement()
        .asString()
        .contains("services.api.public")
        .contains("allow_public");
  }

  @Test
  void whereNothingMayBeOpenSlacksFunctionIsNot() throws IOException {
    String slack = "slack: {channel: C012345, token_version: '1', signing_version: '1'}";
    Path file = Files.writeString(folder.resolve("ab.yaml"), team("allow_public: false, " + slack));

    assertThat(TeamFile.read(file).team().orElseThrow().environments().values())
        .singleElement()
        .satisfies(prod -> assertThat(prod.publicServices()).isEmpty());
  }

  @Test
  void aPrivatePoolIsInTheEnvironmentsRegion() throws IOException {
    assertThat(problems(team("build_pool: projects/ab-prod/locations/europe-west1/workerPools/rust")))
        .isEmpty();
    assertThat(problems(team("build_pool: projects/ab-prod/locations/us-central1/workerPools/rust")))
        .singleElement()
        .asString()
        .contains("build_pool");
  }
}
