package dev.slipway.cli.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.terminal.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnvironmentsTest {

  private static final String PAYMENTS =
      """
      environments:
        payments:
          console: https://console-abc-ew.a.run.app/
          bucket: payments-uploads
          project: payments-prod
      """;

  @TempDir Path folder;

  private final Map<String, String> variables = new HashMap<>();

  private Environments environments(String yaml) throws IOException {
    Path file = folder.resolve("environments.yaml");
    Files.writeString(file, yaml);
    variables.put(Environments.CONFIG, file.toString());
    return new Environments(new Surroundings(variables, folder, false));
  }

  @Test
  void aTeamsEnvironmentIsDescribed() throws IOException {
    Description payments = environments(PAYMENTS).describe("payments");

    assertThat(payments.console()).isEqualTo("https://console-abc-ew.a.run.app/");
    assertThat(payments.audience()).isEqualTo("https://console-abc-ew.a.run.app");
    assertThat(payments.bucket()).isEqualTo("payments-uploads");
    assertThat(payments.identity()).isEqualTo(IdentitySource.AUTO);
  }

  @Test
  void everyProblemIsNamedAtOnceWithWhatWasProbablyMeant() throws IOException {
    Environments environments =
        environments(
            """
            environments:
              laptop:
                console: http://console.example
                bukket: x-uploads
                project: payments-prod
                identity: gclod
            """);

    assertThatThrownBy(environments::teams)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("that is the one of the laptop")
        .hasMessageContaining("https:// address")
        .hasMessageContaining("bukket")
        .hasMessageContaining("bucket")
        .hasMessageContaining("gcloud");
  }

  @Test
  void aTokenIsNeverSentInTheClearButToThisMachine() throws IOException {
    String here = PAYMENTS.replace("https://console-abc-ew.a.run.app", "http://127.0.0.1:8080/x");
    String there = PAYMENTS.replace("https:", "http:");

    assertThat(environments(here).teams()).containsKey("payments");
    assertThatThrownBy(environments(there)::teams).hasMessageContaining("https://");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearest() throws IOException {
    Environments environments = environments(PAYMENTS);

    assertThatThrownBy(() -> environments.describe("paymets"))
        .hasMessageContaining("is it 'payments'?")
        .hasMessageContaining("environments.yaml");
  }

  @Test
  void theFlagGoesBeforeTheVariableBeforeWhatIsInUseBeforeTheLaptop() throws IOException {
    assertThat(environments(PAYMENTS).choice(Optional.empty()).name()).isEqualTo("laptop");

    environments(PAYMENTS).use("payments");
    assertThat(environments(PAYMENTS).choice(Optional.empty()).name()).isEqualTo("payments");

    variables.put(Environments.ENV, "other");
    assertThat(environments(PAYMENTS).choice(Optional.empty()))
        .isEqualTo(new Environments.Choice("other", "SLIPWAY_ENV"));
    assertThat(environments(PAYMENTS).choice(Optional.of("third")).name()).isEqualTo("third");
  }

  @Test
  void onlyWhatIsDescribedCanBeUsed() throws IOException {
    Environments environments = environments(PAYMENTS);

    assertThatThrownBy(() -> environments.use("nowhere")).isInstanceOf(Failure.class);
    assertThat(environments.choice(Optional.empty()).name()).isEqualTo("laptop");
  }

  @Test
  void withoutAFileThereIsTheLaptopAlone() {
    Environments environments = new Environments(Surroundings.none(folder));

    assertThat(environments.teams()).isEmpty();
    assertThat(environments.file())
        .isEqualTo(folder.resolve(".config/slipway/environments.yaml"));
  }
}
