package dev.slipway.build;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.Build.FailureInfo.FailureType;
import com.google.cloudbuild.v1.BuildOptions;
import com.google.cloudbuild.v1.BuildStep;
import com.google.cloudbuild.v1.BuiltImage;
import com.google.protobuf.Timestamp;
import dev.slipway.release.BuildReport;
import dev.slipway.release.BuildState.Broken;
import dev.slipway.release.BuildState.Lost;
import dev.slipway.release.BuildState.Progress;
import dev.slipway.release.BuildState.Running;
import dev.slipway.release.BuildState.Stopped;
import dev.slipway.release.BuildState.Succeeded;
import dev.slipway.release.BuildTiming;
import dev.slipway.release.RuntimeBase;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells from Cloud Build's word on a build whose fault its ending is.
 *
 * <p>The crate's: it fails again on the same source, so it is told and not tried again. The
 * builder's: another try can help. A time-out counts as the crate's, because the same source takes
 * as long again; waiting too long for a worker does not.
 */
final class BuildEnding {

  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  /** Steps no code of the crate runs in. */
  private static final Set<String> OWN_STEPS = Set.of("prepare", "image", "trial");

  private static final Set<FailureType> OWN_FAILURES =
      Set.of(
          FailureType.PUSH_FAILED,
          FailureType.PUSH_IMAGE_NOT_FOUND,
          FailureType.PUSH_NOT_AUTHORIZED,
          FailureType.LOGGING_FAILURE,
          FailureType.FETCH_SOURCE_FAILED);

  /** How networks, registries and BuildKit fail. */
  private static final Pattern UNREACHABLE =
      Pattern.compile(
          "(?i)could not resolve host|failed to resolve (source metadata|reference)"
              + "|failed to do request|connection (reset|refused|timed out)|operation timed out"
              + "|spurious network error|TLS handshake|i/o timeout|too many requests"
              + "|error: code = (Unavailable|DeadlineExceeded)|status code 5\\d\\d"
              + "|http response code 5\\d\\d|no space left on device|got 5\\d\\d");

  private static final Pattern OUT_OF_MEMORY = Pattern.compile("signal: 9, SIGKILL|exit code: 137");

  /** What Cloud Build runs a build on that asks for nothing else. */

  private final BuildLogs logs;
  private final boolean paid;

  /**
   * Reads endings.
   *
   * @param paid whether the machines cost money
   */
  BuildEnding(BuildLogs logs, boolean paid) {
    this.logs = logs;
    this.paid = paid;
  }

  Progress of(Build build) {
    return switch (build.getStatus()) {
      case STATUS_UNKNOWN, PENDING, QUEUED, WORKING, UNRECOGNIZED -> new Running();
      case SUCCESS -> succeeded(build);
      case FAILURE -> failed(build);
      case INTERNAL_ERROR -> new Lost("Cloud Build failed: " + detail(build));
      case EXPIRED -> new Lost("no worker was free within the time builds may wait");
      case TIMEOUT ->
          new Broken(
              "the build took longer than the %d minutes the team allows"
                  .formatted(build.getTimeout().getSeconds() / 60),
              CompilerExcerpt.of(logs.tail(build.getId())),
              timing(build));
      case CANCELLED -> new Stopped();
    };
  }

  private Progress succeeded(Build build) {
    Optional<String> digest =
        build.getResults().getImagesList().stream()
            .map(BuiltImage::getDigest)
            .filter(text -> DIGEST.matcher(text).matches())
            .findFirst();
    if (digest.isEmpty()) {
      return new Lost("Cloud Build reports success, but no image of it");
    }
    Optional<BuildReport> report = report(build);
    return report
        .flatMap(r -> base(build).flatMap(b -> BaseCheck.problem(b, r.needed(), r.glibc())))
        .<Progress>map(problem -> new Broken(problem, "", timing(build)))
        .orElseGet(() -> new Succeeded(digest.get(), report, timing(build)));
  }

  private Optional<BuildTiming> timing(Build build) {
    return build.hasStartTime() && build.hasFinishTime()
        ? Optional.of(
            new BuildTiming(
                instant(build.getStartTime()),
                instant(build.getFinishTime()),
                paid ? Optional.of(machine(build.getOptions())) : Optional.empty()))
        : Optional.empty();
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  private static String machine(BuildOptions options) {
    if (options.hasPool()) {
      return BuildSettings.Machines.POOL;
    }
    return switch (options.getMachineType()) {
      case UNSPECIFIED -> BuildSettings.Machines.DEFAULT;
      case UNRECOGNIZED -> "machine-" + options.getMachineTypeValue();
      default -> BuildSettings.Machines.typed(options.getMachineType().name());
    };
  }

  /** The last there is: where the image could not be run, the step before has one without that. */
  private static Optional<BuildReport> report(Build build) {
    return build.getResults().getBuildStepOutputsList().reversed().stream()
        .map(output -> ReportReader.read(output.toStringUtf8()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<RuntimeBase> base(Build build) {
    String name = build.getSubstitutionsOrDefault("_BASE", "");
    return Arrays.stream(RuntimeBase.values()).filter(b -> b.label().equals(name)).findFirst();
  }

  private Progress failed(Build build) {
    if (OWN_FAILURES.contains(build.getFailureInfo().getType())) {
      return new Lost(
          "Cloud Build failed with %s: %s"
              .formatted(build.getFailureInfo().getType(), detail(build)));
    }
    String step = failedStep(build);
    String log = logs.tail(build.getId());
    String excerpt = CompilerExcerpt.of(log);
    boolean unreachable = UNREACHABLE.matcher(excerpt).find();
    if (OWN_STEPS.contains(step)
        || (unreachable && (step.equals("fetch") || !CompilerExcerpt.hasError(log)))) {
      return new Lost("the build's step %s failed: %s".formatted(step, lastLine(excerpt, build)));
    }
    return new Broken(reason(step, log, build), excerpt, timing(build));
  }

  private static String reason(String step, String log, Build build) {
    if (OUT_OF_MEMORY.matcher(log).find()) {
      return "the compiler was killed, most likely for want of memory: give the team's builds a"
          + " larger machine, or the crate the release profile";
    }
    return switch (step) {
      case "fetch" -> "its dependencies could not be fetched";
      case "dependencies" -> "its dependencies do not compile";
      case "test" -> "its tests failed";
      case "build" -> "it does not compile, or its binary does not run on its base";
      default -> detail(build);
    };
  }

  private static String failedStep(Build build) {
    return build.getStepsList().stream()
        .filter(step -> step.getStatus() == Build.Status.FAILURE)
        .map(BuildStep::getId)
        .findFirst()
        .orElse("");
  }

  private static String lastLine(String excerpt, Build build) {
    return excerpt.isEmpty() ? detail(build) : excerpt.substring(excerpt.lastIndexOf('\n') + 1);
  }

  private static String detail(Build build) {
    String detail = build.getFailureInfo().getDetail();
    String text = detail.isEmpty() ? build.getStatusDetail() : detail;
    return text.isEmpty() ? "it gave no reason" : Secrets.mask(text);
  }
}
