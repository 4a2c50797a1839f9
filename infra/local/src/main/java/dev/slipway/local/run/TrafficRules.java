package dev.slipway.local.run;

import static dev.slipway.local.run.Validation.require;

import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Refuses, with INVALID_ARGUMENT, a list of traffic targets Cloud Run refuses. */
final class TrafficRules {

  private static final Pattern TAG = Pattern.compile("[a-z]([a-z0-9-]*[a-z0-9])?");
  private static final int MAX_TAG_AND_SERVICE = 46;

  private TrafficRules() {}

  /**
   * Checks the traffic of a service whose defaults are filled in.
   *
   * @param known whether a revision of this short name exists, or is about to
   */
  static void check(ServiceName name, Service service, Predicate<String> known) {
    int sum = 0;
    Set<String> tags = new HashSet<>();
    for (TrafficTarget target : service.getTrafficList()) {
      require(
          target.getPercent() >= 0 && target.getPercent() <= 100,
          "traffic: percent %s is not between 0 and 100.",
          target.getPercent());
      sum += target.getPercent();
      destination(name, target, known);
      tag(name, target.getTag(), tags);
    }
    require(sum == 100, "traffic: the percents must add up to 100, but add up to %s.", sum);
  }

  private static void destination(
      ServiceName name, TrafficTarget target, Predicate<String> known) {
    String revision = target.getRevision();
    switch (target.getType()) {
      case TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST ->
          require(revision.isEmpty(), "traffic: a LATEST target names no revision (%s).", revision);
      case TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION -> {
        require(!revision.isEmpty(), "traffic: a REVISION target must name its revision.");
        require(
            known.test(revision),
            "traffic: Revision '%s' was not found in service '%s'.",
            revision,
            name.service());
      }
      default ->
          require(
              target.getType()
                  == TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST,
              "traffic: a target's type must be LATEST or REVISION.");
    }
  }

  private static void tag(ServiceName name, String tag, Set<String> tags) {
    if (tag.isEmpty()) {
      return;
    }
    require(
        TAG.matcher(tag).matches(),
        "traffic: tag '%s' must begin with a letter, hold only lower-case letters, digits and"
            + " hyphens, and not end with a hyphen.",
        tag);
    require(
        tag.length() + name.service().length() <= MAX_TAG_AND_SERVICE,
        "traffic: tag '%s' and service name '%s' have more than 46 characters together.",
        tag,
        name.service());
    require(tags.add(tag), "traffic: tag '%s' is given twice.", tag);
  }
}
