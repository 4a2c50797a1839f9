package dev.slipway.rollout;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.EnvVarSource;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.SecretKeySelector;
import com.google.cloud.run.v2.Service;
import com.google.protobuf.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Brings what the team says of a service into the service. */
final class SettingsEdit {

  /** The variables that came from the team: those that are no longer said are taken away. */
  static final String VARIABLES = "slipway.dev/variables";

  private SettingsEdit() {}

  /** {@code service}, whose next revision is as {@code said}. */
  static Service applied(ServiceSettings said, Service service) {
    Map<String, EnvVar> wanted = variables(said);
    RevisionTemplate.Builder template = service.getTemplate().toBuilder();
    said.concurrency().ifPresent(template::setMaxInstanceRequestConcurrency);
    said.timeoutSeconds().ifPresent(s -> template.setTimeout(Duration.newBuilder().setSeconds(s)));
    said.minInstances().ifPresent(n -> template.getScalingBuilder().setMinInstanceCount(n));
    said.maxInstances().ifPresent(n -> template.getScalingBuilder().setMaxInstanceCount(n));
    Container.Builder container = template.getContainersBuilder(0);
    said.cpu().ifPresent(c -> container.getResourcesBuilder().putLimits("cpu", c));
    said.memory().ifPresent(m -> container.getResourcesBuilder().putLimits("memory", m));
    Set<String> before = before(service);
    List<EnvVar> others =
        container.getEnvList().stream()
            .filter(v -> !wanted.containsKey(v.getName()) && !before.contains(v.getName()))
            .toList();
    container.clearEnv().addAllEnv(others).addAllEnv(wanted.values());
    Service.Builder applied = service.toBuilder().setTemplate(template);
    if (wanted.isEmpty()) {
      applied.removeAnnotations(VARIABLES);
    } else {
      applied.putAnnotations(VARIABLES, String.join(",", wanted.keySet()));
    }
    return applied.build();
  }

  private static Set<String> before(Service service) {
    String names = service.getAnnotationsOrDefault(VARIABLES, "");
    return new TreeSet<>(List.of(names.split(",")));
  }

  private static Map<String, EnvVar> variables(ServiceSettings said) {
    Map<String, EnvVar> variables = new TreeMap<>();
    said.env().forEach(
        (name, value) ->
            variables.put(name, EnvVar.newBuilder().setName(name).setValue(value).build()));
    said.secrets().forEach(
        (name, secret) ->
            variables.put(
                name,
                EnvVar.newBuilder()
                    .setName(name)
                    .setValueSource(
                        EnvVarSource.newBuilder()
                            .setSecretKeyRef(
                                SecretKeySelector.newBuilder()
                                    .setSecret(secret.id())
                                    .setVersion(secret.version())))
                    .build()));
    return variables;
  }
}
