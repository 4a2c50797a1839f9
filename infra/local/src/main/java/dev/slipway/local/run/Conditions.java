package dev.slipway.local.run;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Condition.State;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Makes the conditions of services and revisions. */
final class Conditions {

  static final String READY = "Ready";

  private final Clock clock;

  Conditions(Clock clock) {
    this.clock = clock;
  }

  Timestamp now() {
    Instant now = clock.instant();
    return Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build();
  }

  Condition of(String type, State state, String message) {
    Condition.Builder condition =
        Condition.newBuilder()
            .setType(type)
            .setState(state)
            .setMessage(message)
            .setLastTransitionTime(now());
    if (state == State.CONDITION_FAILED) {
      condition.setSeverity(Condition.Severity.ERROR);
    }
    return condition.build();
  }

  List<Condition> revisionPending() {
    return List.of(
        of(READY, State.CONDITION_RECONCILING, "Deploying Revision."),
        of("ContainerReady", State.CONDITION_PENDING, ""),
        of("ContainerHealthy", State.CONDITION_PENDING, ""),
        of("ResourcesAvailable", State.CONDITION_PENDING, ""));
  }

  List<Condition> revisionReady(Timestamp created) {
    return List.of(
        of(
            READY,
            State.CONDITION_SUCCEEDED,
            "Deploying revision succeeded in %d ms."
                .formatted(Timestamps.toMillis(now()) - Timestamps.toMillis(created))),
        of("ContainerReady", State.CONDITION_SUCCEEDED, ""),
        of("ContainerHealthy", State.CONDITION_SUCCEEDED, ""),
        of("ResourcesAvailable", State.CONDITION_SUCCEEDED, ""));
  }

  List<Condition> revisionFailed(Startup.Failed failed) {
    return List.of(
        failed.mark(of(READY, State.CONDITION_FAILED, failed.message())),
        failed.mark(of(failed.condition(), State.CONDITION_FAILED, failed.message())));
  }

  /** The two conditions beneath a service's Ready. */
  List<Condition> service(Condition ready) {
    return List.of(
        ready.toBuilder().setType("RoutesReady").build(),
        ready.toBuilder().setType("ConfigurationsReady").build());
  }
}
