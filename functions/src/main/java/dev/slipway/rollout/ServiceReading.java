package dev.slipway.rollout;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.cloud.run.v2.TrafficTargetStatus;
import dev.slipway.release.ServiceState;
import dev.slipway.release.ServiceState.Readiness;
import java.util.Optional;

/** Reads Cloud Run's messages. */
final class ServiceReading {

  /** Where the fencing epoch of the last rollout is kept on a service. */
  static final String EPOCH = "slipway.dev/epoch";

  private static final String READY = "Ready";

  private ServiceReading() {}

  static ServiceState of(Service service, Optional<Revision> candidate) {
    return new ServiceState(
        lastPart(service.getName()),
        service.getUri(),
        service.getEtag(),
        // Not by the generations: after a failed revision the observed one stays behind for good.
        !service.getReconciling(),
        service.getTrafficList().stream().map(t -> asked(service, t)).toList(),
        service.getTrafficStatusesList().stream().map(t -> serving(service, t)).toList(),
        epoch(service),
        candidate.map(r -> new ServiceState.Revision(lastPart(r.getName()), readiness(r))));
  }

  static long epoch(Service service) {
    String text = service.getAnnotationsOrDefault(EPOCH, "0");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static ServiceState.Target asked(Service service, TrafficTarget t) {
    return new ServiceState.Target(
        revision(service, t.getType(), t.getRevision()),
        t.getPercent(),
        Optional.of(t.getTag()).filter(tag -> !tag.isEmpty()),
        Optional.empty());
  }

  private static ServiceState.Target serving(Service service, TrafficTargetStatus t) {
    return new ServiceState.Target(
        revision(service, t.getType(), t.getRevision()),
        t.getPercent(),
        Optional.of(t.getTag()).filter(tag -> !tag.isEmpty()),
        Optional.of(t.getUri()).filter(uri -> !uri.isEmpty()));
  }

  /** "Latest" is named, so that a service made by other means can be compared too. */
  private static String revision(
      Service service, TrafficTargetAllocationType type, String revision) {
    return type == TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST
        ? lastPart(service.getLatestReadyRevision())
        : lastPart(revision);
  }

  private static Readiness readiness(Revision revision) {
    return revision.getConditionsList().stream()
        .filter(c -> c.getType().equals(READY))
        .findFirst()
        .map(ServiceReading::readiness)
        .orElse(new Readiness.Starting());
  }

  private static Readiness readiness(Condition ready) {
    return switch (ready.getState()) {
      case CONDITION_SUCCEEDED -> new Readiness.Ready();
      case CONDITION_FAILED -> new Readiness.Broken(ready.getMessage());
      case CONDITION_PENDING, CONDITION_RECONCILING, STATE_UNSPECIFIED, UNRECOGNIZED ->
          new Readiness.Starting();
    };
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
