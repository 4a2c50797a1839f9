package dev.slipway.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import dev.slipway.rollout.ServiceSettings.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a release brings along of what the team says. */
final class SettingsEditTest {

  private static final ServiceSettings NOTHING = said(Map.of(), Map.of());

  private static ServiceSettings said(Map<String, String> env, Map<String, Secret> secrets) {
    return new ServiceSettings(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        env,
        secrets);
  }

  /** As somebody set it up by hand. */
  private static Service service() {
    Container.Builder container =
        Container.newBuilder()
            .setImage("image@sha256:1")
            .addEnv(EnvVar.newBuilder().setName("BY_HAND").setValue("1"))
            .addEnv(EnvVar.newBuilder().setName("RUST_LOG").setValue("warn"));
    container.getResourcesBuilder().putLimits("cpu", "2").putLimits("memory", "2Gi").setCpuIdle(true);
    return Service.newBuilder()
        .putAnnotations("somebody/else", "1")
        .setTemplate(
            RevisionTemplate.newBuilder()
                .setMaxInstanceRequestConcurrency(10)
                .addContainers(container)
                .addContainers(Container.newBuilder().setImage("sidecar")))
        .build();
  }

  private static List<String> variables(Service service) {
    return service.getTemplate().getContainers(0).getEnvList().stream()
        .map(v -> v.getName() + "=" + v.getValue() + v.getValueSource().getSecretKeyRef().getSecret())
        .toList();
  }

  @Test
  void whatIsNotSaidStaysAsItIs() {
    assertThat(SettingsEdit.applied(NOTHING, service())).isEqualTo(service());
  }

  @Test
  void whatIsSaidIsSetAndTheRestStays() {
    ServiceSettings settings =
        new ServiceSettings(
            Optional.empty(),
            Optional.of("1Gi"),
            Optional.of(40),
            Optional.of(60),
            Optional.of(1),
            Optional.of(20),
            Map.of(),
            Map.of());

    RevisionTemplate template = SettingsEdit.applied(settings, service()).getTemplate();

    assertThat(template.getMaxInstanceRequestConcurrency()).isEqualTo(40);
    assertThat(template.getTimeout().getSeconds()).isEqualTo(60);
    assertThat(template.getScaling().getMinInstanceCount()).isEqualTo(1);
    assertThat(template.getScaling().getMaxInstanceCount()).isEqualTo(20);
    assertThat(template.getContainers(0).getResources().getLimitsMap())
        .isEqualTo(Map.of("cpu", "2", "memory", "1Gi"));
    assertThat(template.getContainers(0).getResources().getCpuIdle()).isTrue();
    assertThat(template.getContainers(1)).isEqualTo(service().getTemplate().getContainers(1));
  }

  @Test
  void variablesAreSetBesideThoseSetByHand() {
    ServiceSettings settings =
        said(Map.of("RUST_LOG", "info"), Map.of("DATABASE_URL", new Secret("api-database", "3")));

    Service applied = SettingsEdit.applied(settings, service());

    assertThat(variables(applied))
        .containsExactly("BY_HAND=1", "DATABASE_URL=api-database", "RUST_LOG=info");
    assertThat(applied.getAnnotationsMap())
        .containsEntry(SettingsEdit.VARIABLES, "DATABASE_URL,RUST_LOG")
        .containsEntry("somebody/else", "1");
  }

  @Test
  void aVariableThatIsNoLongerSaidIsTakenAwayAndOneSetByHandIsNot() {
    Service before = SettingsEdit.applied(said(Map.of("RUST_LOG", "info", "OLD", "1"), Map.of()), service());

    assertThat(variables(SettingsEdit.applied(said(Map.of("NEW", "2"), Map.of()), before)))
        .containsExactly("BY_HAND=1", "NEW=2");
    Service none = SettingsEdit.applied(NOTHING, before);
    assertThat(variables(none)).containsExactly("BY_HAND=1");
    assertThat(none.getAnnotationsMap()).doesNotContainKey(SettingsEdit.VARIABLES);
  }

  @Test
  void appliedTwiceIsAsAppliedOnce() {
    ServiceSettings settings =
        said(Map.of("A", "1", "B", "2"), Map.of("C", new Secret("c", "1")));
    Service once = SettingsEdit.applied(settings, service());

    assertThat(SettingsEdit.applied(settings, once)).isEqualTo(once);
  }
}
