package dev.slipway.local.builds;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.BuildOptions;
import com.google.cloudbuild.v1.BuildOptions.LoggingMode;
import com.google.cloudbuild.v1.BuildOptions.SubstitutionOption;
import com.google.protobuf.Duration;
import dev.slipway.local.server.Calls;
import java.time.Clock;
import java.util.UUID;
import java.util.regex.Pattern;

/** Checks what a client submits, as Google does, and fills in what the service decides. */
final class Admission {

  private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
  private static final Pattern USER_KEY = Pattern.compile("_[A-Z0-9_]{1,99}");
  private static final int MOST_TAGS = 64;
  private static final long LONGEST_SECONDS = 86_400;
  private static final long DEFAULT_SECONDS = 600;
  private static final long DEFAULT_QUEUE_SECONDS = 3600;

  private final Clock clock;
  private final String logBase;

  /**
   * @param logBase where {@code /builds/ID/log} is served, {@code http://HOST:PORT}
   */
  Admission(Clock clock, String logBase) {
    this.clock = clock;
    this.logBase = logBase;
  }

  /** The build as it enters the queue; INVALID_ARGUMENT when Google would refuse it. */
  Build admit(BuildName parent, Build wanted) {
    check(wanted);
    String id = UUID.randomUUID().toString();
    Build.Builder build =
        wanted.toBuilder()
            .setId(id)
            .setName(new BuildName(parent.project(), parent.location(), id).toString())
            .setProjectId(parent.project())
            .setStatus(Build.Status.QUEUED)
            .setCreateTime(Times.of(clock.instant()))
            .setLogUrl(logBase + "/builds/" + id + "/log")
            .clearStatusDetail()
            .clearStartTime()
            .clearFinishTime()
            .clearResults()
            .clearTiming()
            .clearFailureInfo()
            .clearSourceProvenance();
    if (wanted.getTimeout().getSeconds() == 0) {
      build.setTimeout(Duration.newBuilder().setSeconds(DEFAULT_SECONDS));
    }
    if (wanted.getQueueTtl().getSeconds() == 0) {
      build.setQueueTtl(Duration.newBuilder().setSeconds(DEFAULT_QUEUE_SECONDS));
    }
    for (int i = 0; i < wanted.getImagesCount(); i++) {
      build.setImages(i, expand(build, wanted.getImages(i)));
    }
    return build.build();
  }

  private static String expand(Build.Builder build, String text) {
    String expanded =
        text.replaceAll("\\$(PROJECT_ID\\b|\\{PROJECT_ID})", build.getProjectId())
            .replaceAll("\\$(BUILD_ID\\b|\\{BUILD_ID})", build.getId());
    for (var each : build.getSubstitutionsMap().entrySet()) {
      expanded = expanded.replace("${" + each.getKey() + "}", each.getValue());
    }
    return expanded;
  }

  private static void check(Build build) {
    refuseIf(build.getStepsCount() == 0, "invalid build: no build steps specified");
    refuseIf(build.getTagsCount() > MOST_TAGS, "invalid build: too many tags");
    for (String tag : build.getTagsList()) {
      refuseIf(
          !TAG.matcher(tag).matches(),
          "invalid value for 'build.tags': '%s' must match ^[\\w][\\w.-]{0,127}$".formatted(tag));
    }
    long seconds = build.getTimeout().getSeconds();
    refuseIf(
        seconds < 0 || seconds > LONGEST_SECONDS,
        "invalid value for 'build.timeout': must be at most 24h");
    checkLogging(build);
    checkSubstitutions(build);
  }

  private static void checkLogging(Build build) {
    LoggingMode logging = build.getOptions().getLogging();
    boolean ownLog =
        !build.getLogsBucket().isEmpty()
            || build.getOptions().getDefaultLogsBucketBehavior()
                == BuildOptions.DefaultLogsBucketBehavior.REGIONAL_USER_OWNED_BUCKET
            || logging == LoggingMode.CLOUD_LOGGING_ONLY
            || logging == LoggingMode.NONE;
    refuseIf(
        !build.getServiceAccount().isEmpty() && !ownLog,
        "if 'build.service_account' is specified, the build must either (a) specify"
            + " 'build.logs_bucket', (b) use the REGIONAL_USER_OWNED_BUCKET"
            + " build.options.default_logs_bucket_behavior option, or (c) use either"
            + " CLOUD_LOGGING_ONLY / NONE logging options");
  }

  /** Unless told to be loose, Google refuses a substitution that nothing in the build uses. */
  private static void checkSubstitutions(Build build) {
    boolean loose =
        build.getOptions().getSubstitutionOption() == SubstitutionOption.ALLOW_LOOSE
            || build.getOptions().getAutomapSubstitutions();
    String template = build.toBuilder().clearSubstitutions().build().toString();
    for (String key : build.getSubstitutionsMap().keySet()) {
      refuseIf(
          !USER_KEY.matcher(key).matches(),
          "invalid value for 'build.substitutions': key '%s' must match _[A-Z0-9_]+"
              .formatted(key));
      boolean used =
          Pattern.compile("\\$(" + key + "\\b|\\{" + key + "\\b)").matcher(template).find();
      refuseIf(
          !loose && !used,
          ("invalid value for 'build.substitutions': key in the substitution data \"%s\" not"
                  + " matched in the template (use it in the build, or set"
                  + " options.substitution_option to ALLOW_LOOSE)")
              .formatted(key));
    }
  }

  private static void refuseIf(boolean refused, String why) {
    if (refused) {
      throw Calls.invalid(why);
    }
  }
}
