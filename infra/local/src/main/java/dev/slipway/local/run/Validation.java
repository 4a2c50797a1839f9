package dev.slipway.local.run;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.Probe;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.errorprone.annotations.FormatMethod;
import dev.slipway.local.server.Calls;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses, with INVALID_ARGUMENT, what Cloud Run refuses in a service. */
final class Validation {

  private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]*[a-z0-9])?");
  private static final int MAX_SERVICE_LENGTH = 49;
  private static final int MAX_REVISION_LENGTH = 63;
  private static final int MAX_TIMEOUT_SECONDS = 3600;
  private static final int MAX_CONCURRENCY = 1000;
  private static final int MAX_PROBE_SECONDS = 240;
  private static final Set<String> RESERVED_ENV =
      Set.of("PORT", "K_SERVICE", "K_REVISION", "K_CONFIGURATION");
  private static final List<String> RESERVED_NAMESPACES =
      List.of(
          "run.googleapis.com",
          "cloud.googleapis.com",
          "serving.knative.dev",
          "autoscaling.knative.dev");

  private Validation() {}

  /** Checks a service whose defaults are filled in, all but its traffic. */
  static void check(ServiceName name, Service service) {
    require(
        NAME.matcher(name.service()).matches() && name.service().length() <= MAX_SERVICE_LENGTH,
        "Violation in service_id '%s': it must begin with a letter, hold only lower-case letters,"
            + " digits and hyphens, not end with a hyphen, and be shorter than 50 characters.",
        name.service());
    require(service.getDescription().length() <= 512, "description: at most 512 characters.");
    namespaces("labels", service.getLabelsMap().keySet());
    namespaces("annotations", service.getAnnotationsMap().keySet());
    template(name, service.getTemplate());
  }

  private static void template(ServiceName name, RevisionTemplate template) {
    String revision = template.getRevision();
    require(
        revision.isEmpty()
            || (NAME.matcher(revision).matches()
                && revision.length() <= MAX_REVISION_LENGTH
                && revision.startsWith(name.service() + "-")),
        "template.revision '%s': it must begin with '%s-', hold only lower-case letters, digits and"
            + " hyphens, not end with a hyphen, and have at most 63 characters.",
        revision,
        name.service());
    long timeout = template.getTimeout().getSeconds();
    require(
        timeout >= 1 && timeout <= MAX_TIMEOUT_SECONDS,
        "template.timeout: %ss is not between 1s and 3600s.",
        timeout);
    int concurrency = template.getMaxInstanceRequestConcurrency();
    require(
        concurrency >= 1 && concurrency <= MAX_CONCURRENCY,
        "template.max_instance_request_concurrency: %s is not between 1 and 1000.",
        concurrency);
    int min = template.getScaling().getMinInstanceCount();
    require(
        min >= 0 && min <= template.getScaling().getMaxInstanceCount(),
        "template.scaling: min_instance_count %s must be between 0 and max_instance_count %s.",
        min,
        template.getScaling().getMaxInstanceCount());
    require(
        template.getContainersCount() == 1,
        "template.containers: exactly one is needed, %s given (the laptop runs no sidecars).",
        template.getContainersCount());
    namespaces("template.labels", template.getLabelsMap().keySet());
    container(template.getContainers(0));
  }

  private static void container(Container container) {
    require(!container.getImage().isEmpty(), "template.containers[0].image: required.");
    Set<String> seen = new HashSet<>();
    for (EnvVar variable : container.getEnvList()) {
      require(!variable.getName().isEmpty(), "template.containers[0].env: a name is empty.");
      require(
          !RESERVED_ENV.contains(variable.getName()),
          "template.containers[0].env: The following reserved env names were provided: %s. These"
              + " values are automatically set by the system.",
          variable.getName());
      require(
          seen.add(variable.getName()),
          "template.containers[0].env: '%s' is given twice.",
          variable.getName());
    }
    require(container.getPortsCount() == 1, "template.containers[0].ports: at most one.");
    int port = container.getPorts(0).getContainerPort();
    require(port >= 1 && port <= 65535, "container_port: %s is not between 1 and 65535.", port);
    probe(container.getStartupProbe());
  }

  private static void probe(Probe probe) {
    range("initial_delay_seconds", probe.getInitialDelaySeconds(), 0);
    range("timeout_seconds", probe.getTimeoutSeconds(), 1);
    range("period_seconds", probe.getPeriodSeconds(), 1);
    require(
        probe.getTimeoutSeconds() <= probe.getPeriodSeconds(),
        "startup_probe: timeout_seconds must not be greater than period_seconds.");
    require(
        probe.getFailureThreshold() >= 1,
        "startup_probe.failure_threshold: %s is not at least 1.",
        probe.getFailureThreshold());
    require(
        (long) probe.getPeriodSeconds() * probe.getFailureThreshold() <= MAX_PROBE_SECONDS,
        "startup_probe: failure_threshold times period_seconds must not be greater than 240 s.");
  }

  private static void range(String field, int seconds, int least) {
    require(
        seconds >= least && seconds <= MAX_PROBE_SECONDS,
        "startup_probe.%s: %s is not between %s and 240.",
        field,
        seconds,
        least);
  }

  private static void namespaces(String field, Collection<String> keys) {
    for (String key : keys) {
      require(
          RESERVED_NAMESPACES.stream().noneMatch(space -> key.startsWith(space + "/")),
          "%s: '%s' is in a namespace Cloud Run keeps for itself.",
          field,
          key);
    }
  }

  @FormatMethod
  static void require(boolean holds, String message, Object... arguments) {
    if (!holds) {
      throw Calls.invalid(message.formatted(arguments));
    }
  }
}
