package dev.slipway.cli.whole;

import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloudbuild.v1.Build;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Stage;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cloud that stops in the middle of a release. */
@Needs(CARGO)
final class RestartTest {

  private static final Duration HOLD = Duration.ofSeconds(1);

  @TempDir Path folder;
  @TempDir Path work;

  @Test
  void aReleaseWhoseCloudStoppedGoesOnWhereItWas() throws Exception {
    ReleaseId first;
    try (TestCloud cloud = TestCloud.start(folder, HOLD)) {
      first = cloud.push(TestCrate.named("restart").slowToBuild(2), work);
      Await.until(
          "a build under way",
          () ->
              cloud.find(first).filter(r -> r.stage() instanceof Stage.Building).isPresent()
                  && cloud.builds(first).getFirst().getStatus() == Build.Status.WORKING);
    }

    ReleaseId second;
    try (TestCloud cloud = TestCloud.start(folder, HOLD)) {
      assertThat(cloud.settled(first).stage()).isInstanceOf(Stage.Live.class);
      second = cloud.push(TestCrate.named("restart").version("2.0.0"), work);
      cloud.when(second, "its canary", r -> r.stage() instanceof Stage.Canary);
    }

    try (TestCloud cloud = TestCloud.start(folder, HOLD)) {
      Release live = cloud.settled(second);

      assertThat(live.stage()).isInstanceOf(Stage.Live.class);
      assertThat(cloud.events(second))
          .filteredOn(ReleaseEvent.StepReached.class::isInstance)
          .containsExactly(
              new ReleaseEvent.StepReached(0, 10), new ReleaseEvent.StepReached(1, 50));
      assertThat(cloud.get(first).stage()).isEqualTo(new Stage.Replaced(second));
      assertThat(cloud.answer(second)).isEqualTo("Hello from version 2.0.0!");
    }
  }
}
