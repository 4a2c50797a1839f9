package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.PolicyDocument;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a release would do. */
final class PlanTest {

  private static final List<String> GATES =
      List.of(
          "error rate: at most 1 %",
          "error rate: at most 1 percentage points above stable's",
          "judged by windows of 60 s, read 180 s later, with 95 % confidence, from 100 requests on;"
              + " 0 unhealthy windows are let pass; with too few requests it is paused");

  private static final String STABLE = Samples.OTHER.revision();

  private static ServiceState state(ServiceState.Target... targets) {
    return new ServiceState(
        "hello", "http://hello", "e", true, List.of(targets), List.of(targets), 3, Optional.empty());
  }

  private static ServiceState.Target target(String revision, int percent) {
    return new ServiceState.Target(revision, percent, Optional.empty(), Optional.empty());
  }

  private static ServiceRecord service(Optional<Vote> hold) {
    return new ServiceRecord(
        Samples.HELLO,
        Optional.of(Samples.OTHER),
        Optional.empty(),
        Optional.empty(),
        3,
        Optional.of(Samples.OTHER),
        42,
        List.of(),
        hold);
  }

  private static Plan plan(ServiceRecord service, Optional<ServiceState> state, String policy) {
    Release live = Samples.release(Samples.OTHER, new Stage.Live(Samples.ROLLOUT, Samples.NOW));
    return Plan.of(
        new Plan.Basis(
            Samples.CRATE,
            service,
            Map.of(Samples.OTHER, live),
            state,
            PolicyDocument.read(policy),
            Samples.NOW));
  }

  private static Plan plan(String policy) {
    return plan(service(Optional.empty()), Optional.of(state(target(STABLE, 100))), policy);
  }

  @Test
  void everyMoveHasItsTrafficItsTimeAndItsGates() {
    Plan plan = plan("{steps: [10, 100], hold: 3m, watch: 1m, warmup: 5}");

    assertThat(plan.live()).contains(Samples.OTHER);
    assertThat(plan.before()).containsExactly(new Traffic.Share(STABLE, 100));
    assertThat(plan.waits()).isEmpty();
    assertThat(plan.refusals()).isEmpty();
    assertThat(plan.moves())
        .containsExactly(
            new Plan.Move(
                "its job runs once: migrate",
                List.of(new Traffic.Share(STABLE, 100)),
                Duration.ZERO,
                List.of("it ends with exit code 0")),
            new Plan.Move(
                "the candidate is deployed beside, under a tag",
                List.of(new Traffic.Share(STABLE, 100)),
                Duration.ZERO,
                List.of(
                    "smoke test: 3 times GET /health, a status below 400",
                    "warm-up: 5 more requests")),
            new Plan.Move(
                "step to 10%",
                List.of(new Traffic.Share(STABLE, 90), new Traffic.Share(Plan.CANDIDATE, 10)),
                Duration.ofMinutes(3),
                GATES),
            new Plan.Move(
                "the candidate has all the traffic",
                List.of(new Traffic.Share(Plan.CANDIDATE, 100)),
                Duration.ofMinutes(1),
                GATES));
  }

  @Test
  void aFirstReleaseHasNoSteps() {
    Plan plan = plan(ServiceRecord.unknown(Samples.HELLO), Optional.empty(), "{}");

    assertThat(plan.before()).isEmpty();
    assertThat(plan.moves())
        .singleElement()
        .satisfies(
            move ->
                assertThat(move.after())
                    .containsExactly(new Traffic.Share(Plan.CANDIDATE, 100)));
  }

  @Test
  void everythingInTheWayIsSaidAtOnce() {
    Plan plan =
        plan(
            service(Optional.of(new Vote("ana", "an audit", Samples.NOW))),
            Optional.of(state(target(STABLE, 60), target("hello-by-hand", 40))),
            """
            approval: {approvers: [ana]}
            freeze: [{name: new year, lastDay: 2026-01-01}]
            bounds: {health: false}
            """);

    assertThat(plan.waits())
        .hasSize(4)
        .satisfiesExactly(
            approval -> assertThat(approval).startsWith("1 of ana must approve until "),
            hold -> assertThat(hold).contains("ana: an audit"),
            freeze -> assertThat(freeze).contains("'new year', until 2026-01-02T00:00:00Z"),
            traffic -> assertThat(traffic).contains("not as Slipway left it"));
    assertThat(plan.refusals()).extracting(Finding::rule).containsExactly("bounds");
    assertThat(plan.moves()).as("nothing can be promised").isEmpty();
  }

  @Test
  void everyGateIsNamedWithItsThreshold() {
    Plan plan =
        plan(
            "{steps: [10, 100], watch: 0s, gate: {maxErrorRatePercent: 0.5, latencyP95Ms: 300,"
                + " noData: fail, compareToStable: {allowedIncrease: {errorRatePercent: 100,"
                + " latencyPercent: 20}}}}");

    assertThat(plan.moves().get(plan.moves().size() - 2).gates())
        .startsWith(
            "error rate: at most 0.5 %",
            "95th percentile of latency: at most 300 ms",
            "95th percentile of latency: at most 20 % above stable's")
        .last()
        .asString()
        .endsWith("it is rolled back");
    assertThat(plan.moves().getLast().gates()).as("it is not watched").isEmpty();
  }

  @Test
  void withoutAGateOnlyReadinessCounts() {
    assertThat(plan("{steps: [10, 100], gate: {enabled: false}}").moves().get(2).gates())
        .containsExactly("nothing is measured; its revision stays ready");
  }

  @Test
  void theImagesLimitsAreSaid() {
    assertThat(plan("budget: {maxBytes: 30MB, action: block}").limits())
        .containsExactly(
            "image of at most 30.00 MB: else rejected",
            "packages with known faults: else a warning");
  }
}
