package dev.slipway.local.run;

import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.cloud.run.v2.TrafficTargetStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the requests of one service go, as decided at one moment.
 *
 * @param split for its own URL
 * @param tags the revision behind each tag, by full name
 * @param revisions all revisions a request can reach
 */
record Routes(Split split, Map<String, String> tags, Set<String> revisions) {

  static Routes none() {
    return new Routes(new Split(Map.of()), Map.of(), Set.of());
  }

  /**
   * @param latest the full name of the latest ready revision, for targets that follow it
   */
  static Routes of(ServiceName name, List<TrafficTargetStatus> targets, String latest) {
    Map<String, Integer> percents = new LinkedHashMap<>();
    Map<String, String> tags = new HashMap<>();
    Set<String> revisions = new HashSet<>();
    for (TrafficTargetStatus target : targets) {
      String revision =
          target.getType()
                  == TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST
              ? latest
              : name.revision(target.getRevision());
      if (revision.isEmpty()) {
        continue;
      }
      if (target.getPercent() > 0) {
        percents.merge(revision, target.getPercent(), Integer::sum);
        revisions.add(revision);
      }
      if (!target.getTag().isEmpty()) {
        tags.put(target.getTag(), revision);
        revisions.add(revision);
      }
    }
    return new Routes(new Split(percents), Map.copyOf(tags), Set.copyOf(revisions));
  }
}
