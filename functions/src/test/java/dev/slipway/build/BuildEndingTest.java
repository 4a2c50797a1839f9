package dev.slipway.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.Build.FailureInfo;
import com.google.cloudbuild.v1.Build.FailureInfo.FailureType;
import com.google.cloudbuild.v1.Build.Status;
import com.google.cloudbuild.v1.BuildOptions.MachineType;
import com.google.cloudbuild.v1.BuildStep;
import com.google.cloudbuild.v1.BuiltImage;
import com.google.cloudbuild.v1.Results;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.slipway.release.BuildState.Broken;
import dev.slipway.release.BuildState.Lost;
import dev.slipway.release.BuildState.Progress;
import dev.slipway.release.BuildState.Running;
import dev.slipway.release.BuildState.Stopped;
import dev.slipway.release.BuildState.Succeeded;
import dev.slipway.release.BuildTiming;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BuildEndingTest {

  private static final String DIGEST = "sha256:" + "ab".repeat(32);
  private static final String REPORT =
      """
      {"schema":1,"bin":"hello","binaryBytes":10,"interpreter":"","needed":[%s],"glibc":"",\
      "base":"static","toolchain":"rustc 1.95.0","cacheHit":true,"fetchSeconds":0,\
      "testSeconds":0,"cookSeconds":0,"buildSeconds":4,"imageSeconds":5}\
      """;

  private static Progress ending(Build.Builder build, String log) {
    return new BuildEnding(id -> id.equals("b1") ? log : "another build's log", true)
        .of(build.setId("b1").build());
  }

  private static Build.Builder failedIn(String step) {
    return Build.newBuilder()
        .setStatus(Status.FAILURE)
        .addSteps(BuildStep.newBuilder().setId("prepare").setStatus(Status.SUCCESS))
        .addSteps(BuildStep.newBuilder().setId(step).setStatus(Status.FAILURE));
  }

  private static Build.Builder succeeded(String report) {
    return Build.newBuilder()
        .setStatus(Status.SUCCESS)
        .putSubstitutions("_BASE", "static")
        .setResults(
            Results.newBuilder()
                .addImages(BuiltImage.newBuilder().setDigest(DIGEST))
                .addBuildStepOutputs(ByteString.EMPTY)
                .addBuildStepOutputs(ByteString.copyFrom(report, UTF_8)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"STATUS_UNKNOWN", "PENDING", "QUEUED", "WORKING", "UNRECOGNIZED"})
  void waitsForWhatHasNotEnded(Status status) {
    Build.Builder build =
        status == Status.UNRECOGNIZED
            ? Build.newBuilder().setStatusValue(99)
            : Build.newBuilder().setStatus(status);

    assertThat(ending(build, "")).isEqualTo(new Running());
  }

  @Test
  void succeedsWithTheDigestAndTheReport() {
    Progress progress = ending(succeeded(REPORT.formatted("")), "");

    assertThat(progress)
        .isInstanceOfSatisfying(
            Succeeded.class,
            success -> {
              assertThat(success.digest()).isEqualTo(DIGEST);
              assertThat(success.report()).isPresent();
            });
  }

  @Test
  void takesTheReportOfTheStepBeforeWhereTheLastOneSaysNothing() {
    Build.Builder build = succeeded(REPORT.formatted(""));
    build.getResultsBuilder().addBuildStepOutputs(ByteString.EMPTY);

    assertThat(ending(build, ""))
        .isInstanceOfSatisfying(
            Succeeded.class, success -> assertThat(success.report()).isPresent());
  }

  @Test
  void tellsWhenAndOnWhatABuildRan() {
    Build.Builder build =
        succeeded(REPORT.formatted(""))
            .setStartTime(Timestamp.newBuilder().setSeconds(10))
            .setFinishTime(Timestamp.newBuilder().setSeconds(70));

    assertThat(timing(build, true).machine()).contains("e2-standard-2");
    build.getOptionsBuilder().setMachineType(MachineType.E2_HIGHCPU_8);
    assertThat(timing(build, true))
        .isEqualTo(
            new BuildTiming(
                Instant.ofEpochSecond(10), Instant.ofEpochSecond(70), Optional.of("e2-highcpu-8")));
    assertThat(timing(build, false).machine()).isEmpty();
  }

  private static BuildTiming timing(Build.Builder build, boolean paid) {
    return ((Succeeded) new BuildEnding(id -> "", paid).of(build.build())).timing().orElseThrow();
  }

  @Test
  void succeedsWithoutAReportThatCannotBeRead() {
    assertThat(ending(succeeded("{\"schema\":"), ""))
        .isInstanceOfSatisfying(Succeeded.class, success -> assertThat(success.report()).isEmpty());
  }

  @Test
  void breaksOverABinaryThatCannotRunOnItsBase() {
    Progress progress = ending(succeeded(REPORT.formatted("\"libc.so.6\"")), "");

    assertThat(progress)
        .isInstanceOfSatisfying(
            Broken.class, broken -> assertThat(broken.reason()).contains("libc.so.6"));
  }

  @Test
  void takesSuccessWithoutAnImageForLost() {
    assertThat(ending(Build.newBuilder().setStatus(Status.SUCCESS), "")).isInstanceOf(Lost.class);
  }

  @ParameterizedTest
  @CsvSource({
    "fetch, its dependencies could not be fetched",
    "dependencies, its dependencies do not compile",
    "test, its tests failed",
    "build, 'it does not compile, or its binary does not run on its base'",
  })
  void breaksWithTheCompilersWordsWhereTheCratesCodeIsAtFault(String step, String reason) {
    Progress progress = ending(failedIn(step), "#7 1.0 error[E0308]: mismatched types\n");

    assertThat(progress).isEqualTo(new Broken(reason, "error[E0308]: mismatched types"));
  }

  @ParameterizedTest
  @CsvSource({"prepare", "image"})
  void losesABuildWhoseOwnStepsFail(String step) {
    assertThat(ending(failedIn(step), "ERROR: no space left on device"))
        .isEqualTo(
            new Lost("the build's step " + step + " failed: ERROR: no space left on device"));
  }

  @ParameterizedTest
  @CsvSource({
    "fetch, error: spurious network error (3 tries remaining)",
    "dependencies, ERROR: failed to resolve source metadata for docker.io/x: i/o timeout",
    "build, 'ERROR: failed to do request: Head: connection reset by peer'",
  })
  void losesABuildThatCouldNotReachARegistry(String step, String line) {
    assertThat(ending(failedIn(step), line)).isInstanceOf(Lost.class);
  }

  @Test
  void doesNotTakeATestThatLacksTheNetworkForALostBuild() {
    String log = "thread 'a' panicked at src/lib.rs:3:1:\nconnection refused\n";

    assertThat(ending(failedIn("test"), log)).isInstanceOf(Broken.class);
  }

  @Test
  void saysThatTheCompilerWantedMoreMemory() {
    String log = "error: could not compile `a`\nprocess didn't exit: (signal: 9, SIGKILL: kill)";

    assertThat(ending(failedIn("build"), log))
        .isInstanceOfSatisfying(
            Broken.class, broken -> assertThat(broken.reason()).contains("larger machine"));
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureType.class,
      names = {"PUSH_FAILED", "PUSH_NOT_AUTHORIZED", "FETCH_SOURCE_FAILED", "LOGGING_FAILURE"})
  void losesABuildThatFailedOutsideOfItsSteps(FailureType type) {
    Build.Builder build =
        Build.newBuilder()
            .setStatus(Status.FAILURE)
            .setFailureInfo(FailureInfo.newBuilder().setType(type).setDetail("denied"));

    assertThat(ending(build, ""))
        .isEqualTo(new Lost("Cloud Build failed with " + type + ": denied"));
  }

  @Test
  void breaksOverAFailureOfNoNamedStep() {
    Build.Builder build = Build.newBuilder().setStatus(Status.FAILURE).setStatusDetail("exit 101");

    assertThat(ending(build, "error: no bin target"))
        .isEqualTo(new Broken("exit 101", "error: no bin target"));
  }

  @Test
  void breaksOverATimeOutBecauseTheSameSourceTakesAsLongAgain() {
    Build.Builder build =
        Build.newBuilder()
            .setStatus(Status.TIMEOUT)
            .setTimeout(Duration.newBuilder().setSeconds(1800));

    assertThat(ending(build, "Compiling slow v0.1.0"))
        .isEqualTo(
            new Broken(
                "the build took longer than the 30 minutes the team allows",
                "Compiling slow v0.1.0"));
  }

  @Test
  void losesWhatTheBuilderLost() {
    assertThat(ending(Build.newBuilder().setStatus(Status.INTERNAL_ERROR), ""))
        .isInstanceOf(Lost.class);
    assertThat(ending(Build.newBuilder().setStatus(Status.EXPIRED), "")).isInstanceOf(Lost.class);
  }

  @Test
  void stopsWhatSomebodyCancelled() {
    assertThat(ending(Build.newBuilder().setStatus(Status.CANCELLED), "")).isEqualTo(new Stopped());
  }
}
