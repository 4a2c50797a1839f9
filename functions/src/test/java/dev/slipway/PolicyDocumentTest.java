package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.release.Approval;
import dev.slipway.release.Bounds;
import dev.slipway.release.Budget;
import dev.slipway.release.FreezeWindow;
import dev.slipway.release.GatePolicy;
import dev.slipway.release.Policy;
import dev.slipway.release.Reaction;
import dev.slipway.release.RuntimeBase;
import dev.slipway.release.SmokeTest;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
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
            watch: 0s
            warmup: 20
            approval: {approvers: [ana, ben@x.dev], quorum: 2, timeout: 4h}
            freeze:
              - {name: weekend, days: [saturday, sunday], zone: Europe/Berlin}
              - {name: nights, from: "18:00", to: "08:00"}
              - {name: christmas, firstDay: 2026-12-20, lastDay: 2027-01-06}
            bounds: {health: false, service: false, job: false, bases: [static, cc]}
            """);

    assertThat(policy.pace().watch()).isZero();
    assertThat(policy.pace().warmup()).isEqualTo(20);
    assertThat(policy.approval())
        .isEqualTo(new Approval(List.of("ana", "ben@x.dev"), 2, Duration.ofHours(4)));
    assertThat(policy.freeze())
        .extracting(FreezeWindow::name)
        .containsExactly("weekend", "nights", "christmas");
    assertThat(policy.freeze().getFirst().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(policy.freeze().getFirst().days())
        .containsExactly(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
    assertThat(policy.bounds())
        .isEqualTo(new Bounds(false, false, false, List.of(RuntimeBase.STATIC, RuntimeBase.CC)));

    assertThat(policy.pace().steps()).isEqualTo(List.of(1, 25, 100));
    assertThat(policy.pace().hold()).isEqualTo(Duration.ofSeconds(90));
    assertThat(policy.smoke().path()).isEqualTo("/ready");
    assertThat(policy.smoke().timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(policy.smoke().requests()).isEqualTo(5);
    assertThat(policy.pace().contest()).isEqualTo(Policy.Contest.QUEUE);
    assertThat(policy.builds().buildDeadline()).isEqualTo(Duration.ofMinutes(30));
    assertThat(policy.pace().candidateDeadline()).isEqualTo(Duration.ofMinutes(5));
    assertThat(policy.builds().buildAttempts()).isEqualTo(1);
    assertThat(policy.budget())
        .isEqualTo(new Budget(Optional.of(20L << 20), Optional.of(15), Reaction.BLOCK));
    assertThat(policy.advisories()).isEqualTo(Reaction.IGNORE);
  }

  @Test
  void aSmokeTestMaySayWhatCountsAsAnAnswer() {
    Policy policy =
        PolicyDocument.read(
            """
            smoke:
              status: [200, 204]
              contains: '"ok"'
              maxFirstAnswer: 800ms
              firstAnswerAgainstStable: 50
              sigterm: block
              sigtermWithin: 2s
            """);

    assertThat(policy.smoke())
        .isEqualTo(
            new SmokeTest(
                "/",
                Duration.ofSeconds(10),
                3,
                List.of(200, 204),
                Optional.of("\"ok\""),
                Optional.of(Duration.ofMillis(800)),
                Optional.of(50),
                Reaction.BLOCK,
                Duration.ofSeconds(2)));
  }

  @Test
  void mistakesWithinSectionsAreNamedWithTheirPlace() {
    assertThatThrownBy(
            () ->
                PolicyDocument.read(
                    """
                    approval: {approvers: [ana], quorum: 2}
                    smoke: {timout: 5s, path: health, status: [99]}
                    freeze: [{days: [satrday]}, {from: noon}, {zone: Mars}]
                    bounds: {bases: [gentoo]}
                    """))
        .hasMessageContaining("`approval`: a quorum of 2 cannot come from 1 approvers")
        .hasMessageContaining("`smoke.timout` is no setting: did you mean `timeout`?")
        .hasMessageContaining("`smoke.path`: it must be a path from /")
        .hasMessageContaining("`smoke.status`: it must be 100 to 599")
        .hasMessageContaining("did you mean saturday?")
        .hasMessageContaining("`freeze[1].from`: it must be a time of day such as 18:00")
        .hasMessageContaining("`freeze[2].zone`: it must be a time zone such as Europe/Berlin")
        .hasMessageContaining("`bounds.bases`: it is 'gentoo'");
  }

  @Test
  void aFreezeThatWouldNeverEndIsRefused() {
    assertThatThrownBy(() -> PolicyDocument.read("freeze: [{name: always}]"))
        .hasMessageContaining("the freeze window 'always' would never end");
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
  void everyFieldOfTheGateIsRead() {
    GatePolicy gate =
        PolicyDocument.read(
                """
                gate:
                  minRequests: 30
                  window: 2m
                  lag: 4m
                  syntheticRequests: 5
                  maxErrorRatePercent: 0.5
                  latencyP50Ms: 100
                  latencyP95Ms: 400
                  latencyP99Ms: 900
                  failureLimit: 1
                  inconclusiveLimit: 2
                  noData: fail
                  compareToStable: {allowedIncrease: {errorRatePercent: 0.2, latencyPercent: 50}}
                  confidence: 0.99
                """)
            .gate();

    assertThat(gate)
        .isEqualTo(
            new GatePolicy(
                true,
                new GatePolicy.Limits(0.5, Optional.of(100L), Optional.of(400L), Optional.of(900L)),
                new GatePolicy.Sampling(Duration.ofMinutes(2), Duration.ofMinutes(4), 30, 5),
                new GatePolicy.Tolerance(1, 2, GatePolicy.NoData.FAIL),
                new GatePolicy.Comparison(new GatePolicy.Increase(0.2, Optional.of(50.0))),
                0.99));
  }

  @Test
  void aGateLeftOutIsTheDefaultAndItsPartsMayBeSwitchedOff() {
    assertThat(PolicyDocument.read("hold: 1m").gate()).isEqualTo(GatePolicy.DEFAULT);
    assertThat(PolicyDocument.read("gate: {enabled: false}").gate().enabled()).isFalse();
  }

  @Test
  void aWindowTooShortToReadIsRefused() {
    assertThatThrownBy(() -> PolicyDocument.read("gate: {window: 10ms}"))
        .hasMessageContaining("window must be at least 1s");
  }

  @Test
  void mistakesInTheGateAreNamedWithTheirPlace() {
    assertThatThrownBy(
            () ->
                PolicyDocument.read(
                    "gate: {minRequest: 5, noData: ignore, window: 10ms, confidence: 2,"
                        + " compareToStable: {errorRatePercent: 1}}"))
        .hasMessageContainingAll(
            "`gate.minRequest` is no setting: did you mean `minRequests`?",
            "`gate.noData`",
            "`gate.confidence`",
            "`gate.compareToStable.errorRatePercent` is no setting");
  }

  @Test
  void whatIsNoYamlIsRefusedWithThePlace() {
    assertThatThrownBy(() -> PolicyDocument.read("steps: [10"))
        .hasMessageContaining("Tried to read the policy");
  }
}
