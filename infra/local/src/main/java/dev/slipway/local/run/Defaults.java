package dev.slipway.local.run;

import com.google.api.LaunchStage;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.ContainerPort;
import com.google.cloud.run.v2.IngressTraffic;
import com.google.cloud.run.v2.Probe;
import com.google.cloud.run.v2.ResourceRequirements;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TCPSocketAction;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.protobuf.Duration;

/**
 * Fills in what a request left open with the values Cloud Run answers. Filling in twice changes
 * nothing, so templates can be compared after it.
 */
final class Defaults {

  static final int CONTAINER_PORT = 8080;
  private static final int TIMEOUT_SECONDS = 300;
  private static final int CONCURRENCY = 80;
  private static final int MAX_INSTANCES = 100;
  private static final int STARTUP_SECONDS = 240;

  private Defaults() {}

  static Service fill(Service service) {
    Service.Builder filled = service.toBuilder().setTemplate(fill(service.getTemplate()));
    if (service.getIngress() == IngressTraffic.INGRESS_TRAFFIC_UNSPECIFIED) {
      filled.setIngress(IngressTraffic.INGRESS_TRAFFIC_ALL);
    }
    if (service.getLaunchStage() == LaunchStage.LAUNCH_STAGE_UNSPECIFIED) {
      filled.setLaunchStage(LaunchStage.GA);
    }
    if (service.getTrafficCount() == 0) {
      filled.addTraffic(
          TrafficTarget.newBuilder()
              .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST)
              .setPercent(100));
    }
    return filled.build();
  }

  private static RevisionTemplate fill(RevisionTemplate template) {
    RevisionTemplate.Builder filled = template.toBuilder();
    if (!template.hasTimeout()) {
      filled.setTimeout(Duration.newBuilder().setSeconds(TIMEOUT_SECONDS));
    }
    if (template.getMaxInstanceRequestConcurrency() == 0) {
      filled.setMaxInstanceRequestConcurrency(CONCURRENCY);
    }
    if (template.getScaling().getMaxInstanceCount() == 0) {
      filled.getScalingBuilder().setMaxInstanceCount(MAX_INSTANCES);
    }
    if (template.getContainersCount() == 1) {
      filled.setContainers(0, fill(template.getContainers(0)));
    }
    return filled.build();
  }

  private static Container fill(Container container) {
    Container.Builder filled = container.toBuilder();
    if (container.getPortsCount() == 0) {
      filled.addPorts(
          ContainerPort.newBuilder().setName("http1").setContainerPort(CONTAINER_PORT));
    }
    ResourceRequirements.Builder resources = filled.getResourcesBuilder();
    if (!container.hasResources()) {
      resources.setCpuIdle(true).setStartupCpuBoost(true);
    }
    if (!resources.containsLimits("cpu")) {
      resources.putLimits("cpu", "1000m");
    }
    if (!resources.containsLimits("memory")) {
      resources.putLimits("memory", "512Mi");
    }
    return filled.setStartupProbe(fill(container, filled.getPorts(0))).build();
  }

  /** A probe that was asked for keeps its own numbers; the default is one long TCP attempt. */
  private static Probe fill(Container container, ContainerPort port) {
    Probe asked = container.getStartupProbe();
    boolean chosen = asked.getProbeTypeCase() != Probe.ProbeTypeCase.PROBETYPE_NOT_SET;
    if (!container.hasStartupProbe()) {
      return Probe.newBuilder()
          .setTimeoutSeconds(STARTUP_SECONDS)
          .setPeriodSeconds(STARTUP_SECONDS)
          .setFailureThreshold(1)
          .setTcpSocket(TCPSocketAction.newBuilder().setPort(port.getContainerPort()))
          .build();
    }
    Probe.Builder filled = asked.toBuilder();
    if (!chosen) {
      filled.setTcpSocket(TCPSocketAction.newBuilder().setPort(port.getContainerPort()));
    }
    if (asked.getTimeoutSeconds() == 0) {
      filled.setTimeoutSeconds(1);
    }
    if (asked.getPeriodSeconds() == 0) {
      filled.setPeriodSeconds(10);
    }
    if (asked.getFailureThreshold() == 0) {
      filled.setFailureThreshold(3);
    }
    if (asked.hasHttpGet() && asked.getHttpGet().getPath().isEmpty()) {
      filled.getHttpGetBuilder().setPath("/");
    }
    return filled.build();
  }
}
