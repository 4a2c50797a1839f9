package dev.slipway.cli.whole;

import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.run.v2.Container;
import dev.slipway.Settings;
import dev.slipway.release.Release;
import dev.slipway.release.Stage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the team's file says of a service comes with its releases. */
@Needs(CARGO)
final class ServiceSettingsTest {

  private static final String POLICY = "{steps: [100], hold: 100ms, watch: 0s, gate: {enabled: false}}";

  @TempDir Path folder;
  @TempDir Path work;

  @Test
  void aReleaseBringsAlongWhatTheFileSaysByThen() throws Exception {
    Release first;
    try (TestCloud cloud =
        TestCloud.with(folder, POLICY, Map.of(Settings.SERVICES, "{tuned: {memory: 1Gi, env: {A: '1', B: '2'}}}"))) {
      first = cloud.released(TestCrate.named("tuned"), work);

      Container container = cloud.service(first.id()).getTemplate().getContainers(0);
      assertThat(first.stage()).isInstanceOf(Stage.Live.class);
      assertThat(container.getResources().getLimitsMap()).containsEntry("memory", "1Gi");
      assertThat(container.getEnvList()).extracting(v -> v.getName() + v.getValue()).containsExactly("A1", "B2");
    }
    try (TestCloud cloud =
        TestCloud.with(folder, POLICY, Map.of(Settings.SERVICES, "{tuned: {memory: 2Gi, env: {B: '3'}}}"))) {
      assertThat(cloud.service(first.id()).getTemplate().getContainers(0).getEnvCount()).isEqualTo(2);

      Release second = cloud.released(TestCrate.named("tuned").version("2.0.0"), work);

      Container container = cloud.service(second.id()).getTemplate().getContainers(0);
      assertThat(cloud.answer(second.id())).isEqualTo("Hello from version 2.0.0!");
      assertThat(container.getResources().getLimitsMap()).containsEntry("memory", "2Gi");
      assertThat(container.getEnvList()).extracting(v -> v.getName() + v.getValue()).containsExactly("B3");
    }
  }
}
