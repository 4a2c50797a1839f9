package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.release.Budget;
import dev.slipway.release.Policy;
import dev.slipway.release.Reaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PolicyDocumentTest {

  @Test
  void whatIsLeftOutIsAsByDefault() {
    assertThat(PolicyDocument.read("{}")).isEqualTo(Policy.DEFAULT);
  }

  @Test
  void everySettingIsRead() {
    Policy policy =
        PolicyDocument.read(
            """
            steps: [1, 25, 100]
            hold: 90s
            smoke: {path: /ready, timeout: 2s, requests: 5}
            contest: queue
            buildDeadline: 30m
            candidateDeadline: 5m
            buildAttempts: 1
            budget: {maxBytes: 20MiB, maxGrowthPercent: 15, action: block}
            advisories: ignore
            """);

    assertThat(policy.steps()).isEqualTo(List.of(1, 25, 100));
    assertThat(policy.hold()).isEqualTo(Duration.ofSeconds(90));
    assertThat(policy.smoke().path()).isEqualTo("/ready");
    assertThat(policy.smoke().timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(policy.smoke().requests()).isEqualTo(5);
    assertThat(policy.contest()).isEqualTo(Policy.Contest.QUEUE);
    assertThat(policy.buildDeadline()).isEqualTo(Duration.ofMinutes(30));
    assertThat(policy.candidateDeadline()).isEqualTo(Duration.ofMinutes(5));
    assertThat(policy.buildAttempts()).isEqualTo(1);
    assertThat(policy.budget())
        .isEqualTo(new Budget(Optional.of(20L << 20), Optional.of(15), Reaction.BLOCK));
    assertThat(policy.advisories()).isEqualTo(Reaction.IGNORE);
  }

  @Test
  void everyMistakeIsNamedAtOnce() {
    assertThatThrownBy(() -> PolicyDocument.read("{stepps: [10], hold: soon, contest: fight}"))
        .hasMessageContaining("did you mean `steps`")
        .hasMessageContaining("a time such as 30s")
        .hasMessageContaining("must be one of supersede, queue");
  }

  @Test
  void aBudgetSaysWhatASizeLooksLike() {
    assertThatThrownBy(() -> PolicyDocument.read("budget: {maxBytes: 30mb}"))
        .hasMessageContaining("`budget.maxBytes`: it must be a size such as 500kB, 30MB or 20MiB");
    assertThatThrownBy(() -> PolicyDocument.read("budget: {action: warn}"))
        .hasMessageContaining("maxGrowthPercent, or both");
  }

  @Test
  void aBudgetMayBeInBytesAndWarnsByDefault() {
    assertThat(PolicyDocument.read("budget: {maxBytes: 30000000}").budget())
        .isEqualTo(new Budget(Optional.of(30_000_000L), Optional.empty(), Reaction.WARN));
  }

  @Test
  void stepsMustRiseToAHundred() {
    assertThatThrownBy(() -> PolicyDocument.read("steps: [50, 10, 100]"))
        .hasMessageContaining("must rise");
    assertThatThrownBy(() -> PolicyDocument.read("steps: [10, 50]"))
        .hasMessageContaining("last step must be 100");
  }

  @Test
  void whatIsNoYamlIsRefusedWithThePlace() {
    assertThatThrownBy(() -> PolicyDocument.read("steps: [10"))
        .hasMessageContaining("Tried to read the policy");
  }
}
