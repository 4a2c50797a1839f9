package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What running a program once in its build says of it, and what a smoke test makes of that. */
final class TrialRunTest {

  private static final List<String> EVERYWHERE = List.of("0.0.0.0:8080");
  private static final TrialRun DEAF =
      new TrialRun(EVERYWHERE, false, Optional.empty(), Optional.empty());
  private static final SmokeResult WELL = new SmokeResult.Passed(3, Duration.ofMillis(12));

  private static TrialRun ended(int code, long millis) {
    return new TrialRun(EVERYWHERE, true, Optional.of(code), Optional.of(millis));
  }

  private static TrialRun on(String... addresses) {
    return new TrialRun(List.of(addresses), true, Optional.of(0), Optional.of(5L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0   |     5 | ",
        "143 |     5 | ",
        "0   |  5000 | ",
        "0   |  5001 | it ended 5001 ms after SIGTERM, the policy allows 5000 ms",
        "3   |     5 | it ended with exit code 3 on SIGTERM",
        "137 |     5 | it ended with exit code 137 on SIGTERM",
        "137 | 10000 | it had not ended 10 s after SIGTERM",
      })
  void theEndOfAProgramIsJudgedByItsExitCodeAndItsTime(int code, long millis, String fault) {
    assertThat(ended(code, millis).fault(Duration.ofSeconds(5)))
        .isEqualTo(
            Optional.ofNullable(fault)
                .map(
                    found ->
                        found
                            + ". Cloud Run sends SIGTERM when it stops an instance and kills it 10 s"
                            + " later: handle it, finish the open requests, end with exit code 0"));
  }

  @Test
  void aProgramWithoutAHandlerIsAtFaultWhateverItsTime() {
    assertThat(DEAF.fault(TrialRun.GRACE))
        .hasValueSatisfying(fault -> assertThat(fault).startsWith("it does not handle SIGTERM."));
    assertThat(DEAF.words()).isEqualTo("listens on 0.0.0.0:8080; does not handle SIGTERM");
  }

  @Test
  void whatNeverListenedOrEndedByItselfIsNotJudged() {
    TrialRun wantsDatabase =
        new TrialRun(List.of(), false, Optional.of(1), Optional.empty());
    TrialRun silent = new TrialRun(List.of(), false, Optional.empty(), Optional.empty());
    TrialRun fell = new TrialRun(EVERYWHERE, true, Optional.of(3), Optional.empty());

    assertThat(List.of(wantsDatabase, silent, fell))
        .allSatisfy(run -> assertThat(run.fault(TrialRun.GRACE)).isEmpty());
    assertThat(wantsDatabase.words())
        .isEqualTo("could not be tried: it ended with exit code 1 before it listened");
    assertThat(silent.words()).isEqualTo("could not be tried: it listened on no port in time");
    assertThat(fell.words())
        .isEqualTo("listens on 0.0.0.0:8080; ended with exit code 3 before it was stopped");
  }

  @Test
  void anAddressNobodyElseReachesIsSaidSo() {
    assertThat(on("0.0.0.0:8080").unreachable()).isEmpty();
    assertThat(on("[::]:8080").unreachable()).isEmpty();
    assertThat(on("127.0.0.1:9090", "0.0.0.0:8080").unreachable()).isEmpty();
    assertThat(on().unreachable()).isEmpty();
    assertThat(on("127.0.0.1:8080").unreachable()).contains(TrialRun.ONLY_LOOPBACK);
    assertThat(on("[::1]:8080", "0.0.0.0:9090").unreachable()).contains(TrialRun.ONLY_LOOPBACK);
    assertThat(on("0.0.0.0:3000").unreachable())
        .contains("it listens on 0.0.0.0:3000, not on 0.0.0.0:$PORT (PORT was 8080)");
  }

  @Test
  void aDeafProgramPassesItsSmokeTestWithAWarning() {
    assertThat(RolloutDecision.smokeEvent(candidate(DEAF, Reaction.WARN), WELL))
        .isInstanceOfSatisfying(
            ReleaseEvent.SmokePassed.class,
            passed ->
                assertThat(passed.warnings())
                    .singleElement()
                    .satisfies(
                        warning -> {
                          assertThat(warning.rule()).isEqualTo("sigterm");
                          assertThat(warning.message()).startsWith("it does not handle SIGTERM");
                        }));
  }

  @Test
  void aDeafProgramFailsItsSmokeTestWhereThePolicyBlocks() {
    assertThat(RolloutDecision.smokeEvent(candidate(DEAF, Reaction.BLOCK), WELL))
        .isInstanceOfSatisfying(
            ReleaseEvent.RollbackStarted.class,
            back ->
                assertThat(back.reason()).startsWith("smoke test: it does not handle SIGTERM."));
  }

  @Test
  void nobodyIsToldOfADeafProgramWhereThePolicyIgnoresIt() {
    assertThat(RolloutDecision.smokeEvent(candidate(DEAF, Reaction.IGNORE), WELL))
        .isEqualTo(new ReleaseEvent.SmokePassed(3, 12));
  }

  @ParameterizedTest
  @EnumSource(Reaction.class)
  void aProgramThatEndsWellPassesWithoutAWord(Reaction reaction) {
    assertThat(RolloutDecision.smokeEvent(candidate(ended(0, 5), reaction), WELL))
        .isEqualTo(new ReleaseEvent.SmokePassed(3, 12));
  }

  @Test
  void aReleaseIsWarnedOfOnceInHoweverManyRegions() {
    Situation s = candidate(DEAF, Reaction.WARN);
    ReleaseEvent passed = RolloutDecision.smokeEvent(s, WELL);

    Release first = s.release().on(passed, Samples.NOW);

    assertThat(first.warnings()).hasSize(Samples.FINDINGS.size() + 1);
    assertThat(
            first
                .on(new ReleaseEvent.RollbackStarted("it fails", 8), Samples.NOW)
                .warnings())
        .hasSize(Samples.FINDINGS.size() + 1);
  }

  @Test
  void aCandidateThatIsNotReachedIsGivenUpWithTheAddressItsBuildSaw() {
    Situation s = candidate(on("127.0.0.1:8080"), Reaction.WARN);
    Step step = Decision.next(s.seeing(broken("The container failed to start")));

    assertThat(step)
        .isInstanceOfSatisfying(
            Step.Note.class,
            note ->
                assertThat(((ReleaseEvent.RollbackStarted) note.event()).reason())
                    .isEqualTo(
                        "The container failed to start (as it was when its build tried it: "
                            + TrialRun.ONLY_LOOPBACK
                            + ")"));
  }

  private static Observation broken(String why) {
    return new Observation.OfService(
        Optional.of(
            new ServiceState(
                "hello",
                "https://hello",
                "etag",
                true,
                List.of(),
                List.of(),
                7,
                Optional.of(
                    new ServiceState.Revision(
                        Samples.ID.revision(), new ServiceState.Readiness.Broken(why))))));
  }

  private static Situation candidate(TrialRun run, Reaction reaction) {
    return new Situation(
        Samples.tried(new Stage.Candidate(Samples.ROLLOUT, Samples.NOW, false), run),
        ServiceRecord.unknown(Samples.HELLO),
        Map.of(),
        broken("unasked"),
        policy(reaction),
        Samples.NOW);
  }

  private static Policy policy(Reaction reaction) {
    SmokeTest test = SmokeTest.DEFAULT;
    Policy all = Policy.DEFAULT;
    return new Policy(
        all.pace(),
        all.builds(),
        new SmokeTest(
            test.path(),
            test.timeout(),
            test.requests(),
            test.status(),
            test.contains(),
            test.maxFirstAnswer(),
            test.firstAnswerAgainstStable(),
            reaction,
            test.sigtermWithin()),
        all.approval(),
        all.freeze(),
        all.budget(),
        all.advisories(),
        all.gate(),
        all.bounds(),
        all.job(),
        all.cleanup(),
        all.promotion(),
        all.people(), all.uploads());
  }
}
