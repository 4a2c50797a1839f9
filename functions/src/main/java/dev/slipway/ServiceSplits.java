package dev.slipway;

import dev.slipway.console.ask.Split;
import dev.slipway.console.ask.Splits;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.ServiceState;
import dev.slipway.rollout.Regional;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lets the console see the traffic in force: neither it nor the rollout knows the other. */
record ServiceSplits(Regional services, List<String> regions) implements Splits {

  @Override
  public Split of(ServiceRecord service, Optional<String> region) {
    Optional<ReleaseId> known = service.slot().or(service::live).or(service::newest);
    return known
        .flatMap(id -> services.in(region).read(service.name(), id.revision()))
        .map(ServiceSplits::split)
        .orElse(Split.NONE);
  }

  private static Split split(ServiceState state) {
    List<Split.Share> shares =
        state.serving().stream()
            .filter(target -> target.percent() > 0)
            .collect(
                Collectors.toMap(
                    ServiceState.Target::revision, ServiceState.Target::percent, Integer::sum))
            .entrySet()
            .stream()
            .map(entry -> new Split.Share(entry.getKey(), entry.getValue()))
            .sorted(
                Comparator.comparingInt(Split.Share::percent)
                    .reversed()
                    .thenComparing(Split.Share::revision))
            .toList();
    return new Split(Optional.of(state.uri()).filter(uri -> !uri.isEmpty()), shares);
  }
}
