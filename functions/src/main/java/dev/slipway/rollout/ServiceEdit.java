package dev.slipway.rollout;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import dev.slipway.release.Deployment;
import dev.slipway.release.ServiceName;
import dev.slipway.release.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the service a change asks for out of the service as it stands. */
final class ServiceEdit {

  private ServiceEdit() {}

  /** A service that is made with its first revision, which has all the traffic and the tag. */
  static Service first(Deployment deployment, Optional<String> serviceAccount) {
    RevisionTemplate.Builder template =
        RevisionTemplate.newBuilder()
            .setRevision(deployment.release().revision())
            .addContainers(Container.newBuilder().setImage(deployment.image()));
    serviceAccount.ifPresent(template::setServiceAccount);
    return Service.newBuilder()
        .putLabels("managed-by", "slipway")
        .putAnnotations(ServiceReading.EPOCH, Long.toString(deployment.epoch()))
        .setTemplate(template)
        .addTraffic(
            target(deployment.release().revision(), 100).setTag(ServiceName.TAG))
        .build();
  }

  /**
   * A service that is made like the one in another region: its settings, and its first revision with
   * all the traffic and the tag.
   */
  static Service like(Service model, Deployment deployment) {
    String revision = deployment.release().revision();
    return Service.newBuilder()
        .putAllLabels(model.getLabelsMap())
        .putLabels("managed-by", "slipway")
        .putAnnotations(ServiceReading.EPOCH, Long.toString(deployment.epoch()))
        .setIngress(model.getIngress())
        .setTemplate(template(model, deployment))
        .addTraffic(target(revision, 100).setTag(ServiceName.TAG))
        .build();
  }

  static Service deploy(Service current, Deployment deployment) {
    String revision = deployment.release().revision();
    List<Traffic.Share> shares =
        deployment.traffic().isEmpty()
            ? List.of(new Traffic.Share(revision, 100))
            : deployment.traffic();
    return withTraffic(
        current.toBuilder().setTemplate(template(current, deployment)),
        current,
        new Traffic(shares, Optional.of(revision), deployment.epoch()));
  }

  /** A service's own template, with the release's image and revision. */
  private static RevisionTemplate template(Service service, Deployment deployment) {
    RevisionTemplate.Builder template =
        service.getTemplate().toBuilder().setRevision(deployment.release().revision());
    if (template.getContainersCount() == 0) {
      template.addContainersBuilder();
    }
    template.getContainersBuilder(0).setImage(deployment.image());
    return template.build();
  }

  static Service shift(Service current, Traffic traffic) {
    return withTraffic(current.toBuilder(), current, traffic);
  }

  private static Service withTraffic(Service.Builder edited, Service current, Traffic traffic) {
    List<TrafficTarget> targets = new ArrayList<>();
    for (Traffic.Share share : traffic.shares()) {
      TrafficTarget.Builder target = target(share.revision(), share.percent());
      if (traffic.tagged().equals(Optional.of(share.revision()))) {
        target.setTag(ServiceName.TAG);
      }
      targets.add(target.build());
    }
    traffic
        .tagged()
        .filter(tagged -> traffic.shares().stream().noneMatch(s -> s.revision().equals(tagged)))
        .ifPresent(tagged -> targets.add(target(tagged, 0).setTag(ServiceName.TAG).build()));
    current.getTrafficList().stream().filter(ServiceEdit::isPeoplesTag).forEach(
        t -> targets.add(t.toBuilder().setPercent(0).build()));
    return edited
        .clearTraffic()
        .addAllTraffic(targets)
        .putAnnotations(ServiceReading.EPOCH, Long.toString(traffic.epoch()))
        .build();
  }

  /** A tag that is not Slipway's stays where people put it; only its share is Slipway's. */
  private static boolean isPeoplesTag(TrafficTarget target) {
    return !target.getTag().isEmpty() && !target.getTag().equals(ServiceName.TAG);
  }

  private static TrafficTarget.Builder target(String revision, int percent) {
    return TrafficTarget.newBuilder()
        .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
        .setRevision(revision)
        .setPercent(percent);
  }
}
