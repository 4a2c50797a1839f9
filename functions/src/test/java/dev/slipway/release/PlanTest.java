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
          "error rate: at most 1 percentage point above stable's",
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
    return plan(new Plan.Known(service, Map.of(Samples.OTHER, live), List.of()), state, policy);
  }

  private static Plan plan(Plan.Known known, Optional<ServiceState> state, String policy) {
    return Plan.of(
        new Plan.Basis(
            Samples.CRATE,
            known,
            state,
            List.of(),
            Optional.empty(),
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
    assertThat(plan.hurdles().waits()).isEmpty();
    assertThat(plan.hurdles().refusals()).isEmpty();
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

    assertThat(plan.hurdles().waits())
        .hasSize(4)
        .satisfiesExactly(
            approval -> assertThat(approval).startsWith("1 of ana must approve until "),
            hold -> assertThat(hold).contains("ana: an audit"),
            freeze -> assertThat(freeze).contains("'new year', until 2026-01-02T00:00:00Z"),
            traffic -> assertThat(traffic).contains("not as Slipway left it"));
    assertThat(plan.hurdles().refusals()).extracting(Finding::rule).containsExactly("bounds");
    assertThat(plan.moves()).as("nothing can be promised").isEmpty();
  }

  @Test
  void whatTheBuilderCannotBuildIsARefusalAmongOthers() {
    Plan plan = plan(ServiceRecord.unknown(Samples.HELLO), Optional.empty(), "{}");

    assertThat(plan.refused(List.of()).isFree()).isTrue();
    assertThat(plan.refused(List.of(Finding.of("rust-version", "too old"))).isFree()).isFalse();
  }

  @Test
  void whereEachBuildHasItsTurnThePlanSaysWhoseComesBefore() {
    ServiceRecord building =
        new ServiceRecord(
            Samples.HELLO,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.of(Samples.THIRD),
            43,
            List.of(),
            Optional.empty(),
            List.of(Samples.OTHER, Samples.THIRD));

    assertThat(plan(building, Optional.empty(), "contest: queue").hurdles().waits())
        .containsExactly("its build has its turn after that of " + Samples.THIRD);
    assertThat(plan(building, Optional.empty(), "{}").hurdles().waits()).isEmpty();
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
    assertThat(plan("budget: {maxBytes: 30MB, action: block}").hurdles().limits())
        .containsExactly(
            "image of at most 30.00 MB: else rejected",
            "packages with known faults: else a warning");
  }

  @Test
  void eachRegionHasMovesOfItsOwn() {
    Release live = Samples.release(Samples.OTHER, new Stage.Live(Samples.ROLLOUT, Samples.NOW));
    Plan plan =
        Plan.of(
            new Plan.Basis(
                Samples.CRATE,
                new Plan.Known(
                    service(Optional.empty()), Map.of(Samples.OTHER, live), List.of()),
                Optional.of(state(target(STABLE, 100))),
                List.of(
                    new Plan.There("us-central1", List.of(new Traffic.Share("hello-us", 100))),
                    Plan.There.of("asia-east1", Optional.empty())),
                Optional.empty(),
                PolicyDocument.read("{steps: [50, 100], watch: 1m}"),
                Samples.NOW));

    assertThat(plan.elsewhere()).extracting(Plan.There::region)
        .containsExactly("us-central1", "asia-east1");
    assertThat(plan.moves())
        .extracting(Plan.Move::what)
        .containsExactly(
            "in the first region its job runs once: migrate",
            "in the first region the candidate is deployed beside, under a tag",
            "in the first region step to 50%",
            "in the first region the candidate has all the traffic",
            "in us-central1 the candidate is deployed beside, under a tag",
            "in us-central1 step to 50%",
            "in us-central1 the candidate has all the traffic",
            "in asia-east1 the service is made; there is nothing to compare it with, so its first"
                + " revision has all the traffic");
    assertThat(plan.moves().get(5).after())
        .as("beside what serves there")
        .contains(new Traffic.Share("hello-us", 50));
    assertThat(plan.moves().get(3).gates())
        .as("judged while the next region is walked")
        .isEqualTo(GATES);
  }

  @Test
  void aBuildIsSaidToTakeWhatTheLatestOfItsKindTook() {
    Release live = Samples.release(Samples.OTHER, new Stage.Live(Samples.ROLLOUT, Samples.NOW));
    boolean cached = live.report().orElseThrow().cacheHit();

    assertThat(like(live, cached))
        .hasValueSatisfying(
            like -> {
              assertThat(like.release()).isEqualTo(Samples.OTHER);
              assertThat(like.time()).isEqualTo(live.cost().orElseThrow().time());
              assertThat(like.cost().microUsd())
                  .as("at the price of the machine it will have")
                  .contains(Math.round(like.time().toMillis() * 16_000 / 60_000.0));
            });
    assertThat(like(live, !cached)).as("none of its kind is known").isEmpty();
  }

  private static Optional<BuildForecast.Like> like(Release live, boolean cached) {
    BuildForecast forecast =
        new BuildForecast(
            BuildForecast.Target.of(Samples.CRATE),
            RuntimeBase.STATIC,
            new BuildForecast.Dependencies("host/cache:key", Optional.of(cached)),
            Optional.of(BuildForecast.Machine.of("e2-highcpu-8")),
            Optional.empty());
    return Plan.of(
            new Plan.Basis(
                Samples.CRATE,
                new Plan.Known(
                    service(Optional.empty()), Map.of(Samples.OTHER, live), List.of(live)),
                Optional.empty(),
                List.of(),
                Optional.of(forecast),
                Policy.DEFAULT,
                Samples.NOW))
        .build()
        .orElseThrow()
        .like();
  }
}
