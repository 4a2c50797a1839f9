package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The reference of the policy is what the code says. */
final class PolicyReferenceTest {

  private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));

  @Test
  void thePageIsUpToDate() throws IOException {
    Path fresh = Files.createDirectories(ROOT.resolve("functions/target")).resolve("policy.md");

    Files.writeString(fresh, PolicyReference.markdown());

    assertThat(Files.readString(ROOT.resolve("docs/policy.md")))
        .as("docs/policy.md is out of date: cp functions/target/policy.md docs/policy.md")
        .isEqualTo(Files.readString(fresh));
  }

  @Test
  void everyFieldIsThereWithItsDefault() {
    assertThat(PolicyReference.markdown())
        .contains("| `hold` |")
        .contains("| `5m` |")
        .contains("| `smoke.firstAnswerAgainstStable` |")
        .contains("`[10, 50, 100]`")
        .contains("| `zone` |")
        .contains("| `budget.maxBytes` | at most so large | size | `none` |")
        .contains("| `advisories` |");
  }
}
