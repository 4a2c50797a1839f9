package dev.slipway.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.local.run.StartupWatch.Timing;
import dev.slipway.local.run.TrialRun.Ended;
import dev.slipway.local.state.State;
import dev.slipway.local.time.RealScheduler;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real programs, run once and stopped. */
final class TrialRunTest {

  private static final Duration GRACE = Duration.ofSeconds(1);

  @TempDir Path folder;
  private final RealScheduler scheduler = new RealScheduler();
  private State state;
  private FolderImages images;
  private TrialRuns trials;

  @BeforeEach
  void start() {
    state = State.open(folder.resolve("state"));
    images = new FolderImages(folder.resolve("registry"));
    Isolation isolation = Isolation.probe();
    boolean possible = isolation != Isolation.NONE && isolation.works(true);
    if (!possible) {
      System.out.println("SKIPPED: this machine cannot run a program without a network");
    }
    Assumptions.assumeTrue(possible, "this machine cannot run a program without a network");
    trials = trials(isolation);
  }

  @AfterEach
  void stop() {
    scheduler.close();
    state.close();
  }

  private TrialRuns trials(Isolation isolation) {
    return new TrialRuns(
        new ImageStore(images, folder.resolve("images")),
        new ProcessLauncher(isolation, new Leftovers(state)),
        new Timing(Clock.systemUTC(), scheduler),
        GRACE);
  }

  private TrialRun begin(String... env) {
    return trials.begin(images.pushServer("app", List.of(env)), "app");
  }

  private static Ended ended(TrialRun run) throws Exception {
    return run.result().get(30, TimeUnit.SECONDS);
  }

  @Test
  void aProgramThatHandlesSigtermEndsByIt() throws Exception {
    Ended ended = ended(begin("HANDLE_TERM=1"));

    assertThat(ended.listens()).containsExactly("0.0.0.0:8080");
    assertThat(ended.handlesTerm()).isTrue();
    assertThat(ended.exitCode()).contains(0);
    assertThat(ended.stop()).isPresent();
    assertThat(ended.tail()).containsExactly("hello from app-trial", "got SIGTERM");
  }

  @Test
  void oneThatDoesNotHandleItIsNotSentIt() throws Exception {
    Ended ended = ended(begin());

    assertThat(ended.listens()).containsExactly("0.0.0.0:8080");
    assertThat(ended.handlesTerm()).isFalse();
    assertThat(ended.exitCode()).isEmpty();
    assertThat(ended.stop()).isEmpty();
  }

  @Test
  void itsExitCodeOnSigtermIsTold() throws Exception {
    assertThat(ended(begin("HANDLE_TERM=1", "TERM_EXIT=3")).exitCode()).contains(3);
  }

  @Test
  void oneThatGoesOnIsKilled() throws Exception {
    Ended ended = ended(begin("HANDLE_TERM=1", "TERM_EXIT=-1"));

    assertThat(ended.handlesTerm()).isTrue();
    assertThat(ended.exitCode()).contains(137);
    assertThat(ended.stop())
        .hasValueSatisfying(
            stop -> assertThat(stop).isGreaterThanOrEqualTo(GRACE));
  }

  @Test
  void oneThatEndsBeforeItListensWasNotTried() throws Exception {
    Ended ended = ended(begin("EXIT=5"));

    assertThat(ended)
        .isEqualTo(
            new Ended(
                List.of(),
                false,
                Optional.of(5),
                Optional.empty(),
                List.of("hello from app-trial", "thread 'main' panicked: asked to exit")));
  }

  @Test
  void oneThatWaitsForWhatIsNotThereIsNotWaitedFor() throws Exception {
    Ended ended = ended(begin("HANDLE_TERM=1", "SLOW_START=60000"));

    assertThat(ended.listens()).isEmpty();
    assertThat(ended.exitCode()).isEmpty();
    assertThat(ended.stop()).isEmpty();
  }

  @Test
  void anAddressOnlyItselfCanReachIsSeen() throws Exception {
    assertThat(ended(begin("HANDLE_TERM=1", "BIND=127.0.0.1")).listens())
        .containsExactly("127.0.0.1:8080");
  }

  @Test
  void eachHasANetworkOfItsOwn() throws Exception {
    TrialRun one = begin("HANDLE_TERM=1");
    TrialRun other = begin("HANDLE_TERM=1");

    assertThat(ended(one).listens()).containsExactly("0.0.0.0:8080");
    assertThat(ended(other).listens()).containsExactly("0.0.0.0:8080");
  }

  @Test
  void oneThatIsEndedLeavesNothingBehind() throws Exception {
    TrialRun run = begin("HANDLE_TERM=1", "SLOW_START=60000");

    run.kill();

    assertThat(ended(run).exitCode()).isEmpty();
    assertThat(ProcessHandle.current().descendants().map(p -> p.info().command().orElse("")))
        .noneMatch(command -> command.endsWith("/app"));
  }

  @Test
  void whereThereAreNoNamespacesNothingIsRun() {
    TrialRun run =
        trials(Isolation.NONE).begin(images.pushServer("app", List.of("HANDLE_TERM=1")), "app");

    assertThatThrownBy(() -> ended(run))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("without a network");
  }
}
