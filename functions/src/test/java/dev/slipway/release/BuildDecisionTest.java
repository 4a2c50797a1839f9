package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which build a release whose build was lost goes on with. */
final class BuildDecisionTest {

  private static final BuildState LOST = build("b-1", new BuildState.Lost("the machine died"));

  private static BuildState build(String id, BuildState.Progress progress) {
    return new BuildState(id, Samples.ID, progress);
  }

  private static Step next(BuildState... builds) {
    return Decision.next(
        new Situation(
            Samples.release(new Stage.BuildLost("b-1", 1, "the machine died")),
            ServiceRecord.unknown(Samples.HELLO),
            Map.of(),
            new Observation.OfBuilds(List.of(builds)),
            Policy.DEFAULT,
            Samples.NOW));
  }

  @Test
  void anotherBuildIsSubmitted() {
    assertThat(next(LOST))
        .isEqualTo(
            new Step.SubmitBuild(new BuildOrder(Samples.ID, 2, Samples.SOURCE, Samples.CRATE)));
  }

  @Test
  void aLaterBuildIsAdoptedWhoseSubmitterDied() {
    assertThat(next(LOST, build("b-2", new BuildState.Running())))
        .isEqualTo(new Step.Note(new ReleaseEvent.BuildSubmitted("b-2", 2)));
  }

  @Test
  void theCancelledStrayOfTwoRivalsIsNotAdopted() {
    assertThat(next(LOST, build("b-2", new BuildState.Stopped())))
        .isEqualTo(
            new Step.SubmitBuild(new BuildOrder(Samples.ID, 2, Samples.SOURCE, Samples.CRATE)));
  }
}
