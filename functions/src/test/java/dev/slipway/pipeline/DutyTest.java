package dev.slipway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Stage;
import dev.slipway.release.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No step is both functions' to take where it would need both accounts' rights. */
final class DutyTest {

  private static final Step CANCEL = new Step.CancelBuild("b-1");
  private static final Step WAIT = new Step.Wait("a while", true);

  @Test
  void onlyWhoBuildsMaySubmitAndCancelBuilds() {
    assertThat(Duty.BUILD.covers(CANCEL)).isTrue();
    assertThat(Duty.DEPLOY.covers(CANCEL)).isFalse();
  }

  @Test
  void whoBuildsDoesNotEvenLookAtWhatIsBuilt() {
    assertThat(List.<Stage>of(new Stage.Received(), new Stage.Building("b-1", 1)))
        .allMatch(Duty.BUILD::covers);
    assertThat(
            List.<Stage>of(
                new Stage.Built(), new Stage.Failed("a split")))
        .noneMatch(Duty.BUILD::covers)
        .allMatch(Duty.DEPLOY::covers);
  }

  @Test
  void whatNeedsNoRightsIsEverybodys() {
    for (Duty duty : Duty.values()) {
      assertThat(duty.covers(WAIT)).isTrue();
      assertThat(duty.covers(new Step.Rest())).isTrue();
    }
  }
}
