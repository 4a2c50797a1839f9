package dev.slipway.local.run;

import dev.slipway.local.server.Calls;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code projects/P/locations/L/jobs/J}, taken apart. */
record JobName(String project, String location, String job) {

  private static final Pattern JOB =
      Pattern.compile("projects/([^/]+)/locations/([^/]+)/jobs/([^/]+)");
  private static final Pattern EXECUTION = Pattern.compile("(" + JOB + ")/executions/[^/]+");

  static JobName parse(String name) {
    Matcher parts = JOB.matcher(name);
    if (!parts.matches()) {
      throw Calls.invalid(
          "Invalid resource name '%s': expected projects/P/locations/L/jobs/J.".formatted(name));
    }
    return new JobName(parts.group(1), parts.group(2), parts.group(3));
  }

  static JobName of(String parent, String job) {
    return parse(parent + "/jobs/" + job);
  }

  static boolean isExecution(String name) {
    return EXECUTION.matcher(name).matches();
  }

  /** The job an execution's full name belongs to. */
  static JobName ofExecution(String execution) {
    Matcher parts = EXECUTION.matcher(execution);
    if (!parts.matches()) {
      throw Calls.invalid(
          "Invalid resource name '%s': expected projects/P/locations/L/jobs/J/executions/E."
              .formatted(execution));
    }
    return parse(parts.group(1));
  }

  String parent() {
    return "projects/%s/locations/%s".formatted(project, location);
  }

  /** The full name of an execution of this job. */
  String execution(String suffix) {
    return this + "/executions/" + job + "-" + suffix;
  }

  String operation(String id) {
    return parent() + "/operations/" + id;
  }

  @Override
  public String toString() {
    return parent() + "/jobs/" + job;
  }
}
