package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BudgetTest {

  private static final ReleaseId LIVE =
      ReleaseId.of(new ServiceName("hello"), new Upload("b", "o", 1));

  private static Image image(long base, long app) {
    return new Image(
        "r/hello",
        "sha256:00",
        base + app,
        -1,
        List.of(
            new Image.Layer("sha256:base", base, -1), new Image.Layer("sha256:app", app, -1)));
  }

  private static Optional<Release> serving(long bytes) {
    Instant at = Instant.EPOCH;
    Upload upload = new Upload("b", "o", 1);
    Release rejected = Release.begin(LIVE, new ReleaseEvent.Rejected(upload, 1, List.of()), at);
    return Optional.of(
        new Release(
            LIVE,
            2,
            rejected.stage(),
            upload,
            Optional.empty(),
            Optional.empty(),
            Optional.of(image(bytes, 0)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            rejected.history(), Journey.NONE));
  }

  private static Budget bytes(long max) {
    return new Budget(Optional.of(max), Optional.empty(), Reaction.BLOCK);
  }

  private static Budget growth(int percent) {
    return new Budget(Optional.empty(), Optional.of(percent), Reaction.BLOCK);
  }

  @Test
  void anImageOfJustTheBudgetFits() {
    assertThat(bytes(1000).over(image(600, 400), Optional.empty())).isEmpty();
    assertThat(growth(20).over(image(0, 1200), serving(1000))).isEmpty();
  }

  @Test
  void anImageOverTheBudgetIsToldWithBothNumbersAndTheLargestLayer() {
    List<Finding> over = bytes(30_000_000).over(image(1_000_000, 29_000_001), Optional.empty());

    assertThat(over).extracting(Finding::rule).containsExactly("size-budget");
    assertThat(over.getFirst().message())
        .contains("30.00 MB (30,000,001 bytes)")
        .contains("30.00 MB (30,000,000 bytes)")
        .contains("largest layer is sha256:app with 29.00 MB (29,000,001 bytes)");
  }

  @Test
  void growthOverTheBudgetIsToldWithBothSizesAndTheReleaseThatServes() {
    List<Finding> over = growth(20).over(image(0, 1201), serving(1000));

    assertThat(over).extracting(Finding::rule).containsExactly("growth-budget");
    assertThat(over.getFirst().message())
        .contains("1,201 bytes")
        .contains("20.1% more")
        .contains("1,000 bytes")
        .contains(LIVE.toString());
  }

  @Test
  void aFirstReleaseIsNotJudgedByItsGrowth() {
    assertThat(growth(0).over(image(0, 1_000_000), Optional.empty())).isEmpty();
  }

  @Test
  void aSmallerImageIsNeverTooMuchGrowth() {
    assertThat(growth(0).over(image(0, 999), serving(1000))).isEmpty();
  }

  @Test
  void theLastLayerIsTheApplicationsAndTheRestTheBases() {
    assertThat(image(600, 400).baseBytes()).isEqualTo(600);
    assertThat(image(600, 400).appBytes()).isEqualTo(400);
  }
}
