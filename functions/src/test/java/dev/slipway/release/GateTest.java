package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.PolicyDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GateTest {

  private static final Upload UPLOAD = new Upload("b", "o", 2);
  private static final ReleaseId ID = ReleaseId.of(new ServiceName("hello"), UPLOAD);

  private static Advisory advisory(String id, boolean informational, boolean isNew) {
    return new Advisory(id, "foo", "1.0.0", Optional.empty(), "high", informational, isNew);
  }

  private static Gate.Judgement judge(Reaction reaction, List<Advisory> found) {
    Contents contents =
        new Contents(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new AdvisoryReport("db", found, 0)),
            List.of());
    Instant at = Instant.EPOCH;
    Release begun = Release.begin(ID, new ReleaseEvent.Rejected(UPLOAD, 1, List.of()), at);
    Release release =
        new Release(
            ID,
            3,
            new Stage.Built(),
            UPLOAD,
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Image("r", "sha256:1", 1, 1, List.of())),
            Optional.empty(),
            Optional.of(contents),
            Optional.empty(),
            List.of(),
            begun.history(), Journey.NONE);
    return Gate.of(
        new Situation(
            release,
            ServiceRecord.unknown(ID.service()),
            Map.of(),
            new Observation.Nothing(),
            PolicyDocument.read("advisories: " + Fields.label(reaction)),
            at));
  }

  @Test
  void onlyANewVulnerabilityBlocks() {
    Gate.Judgement judgement =
        judge(
            Reaction.BLOCK,
            List.of(
                advisory("NEW", false, true),
                advisory("NEW-NOTE", true, true),
                advisory("OLD", false, false)));

    assertThat(judgement.blocking()).extracting(Finding::message).singleElement().asString()
        .contains("NEW (high) in foo 1.0.0");
    assertThat(judgement.warnings()).hasSize(2);
  }

  @Test
  void warningBlocksNothing() {
    Gate.Judgement judgement = judge(Reaction.WARN, List.of(advisory("NEW", false, true)));

    assertThat(judgement.blocking()).isEmpty();
    assertThat(judgement.warnings()).hasSize(1);
  }

  @Test
  void ignoringSaysNothing() {
    assertThat(judge(Reaction.IGNORE, List.of(advisory("NEW", false, true))))
        .isEqualTo(new Gate.Judgement(List.of(), List.of()));
  }

  @Test
  void manyAdvisoriesAreCountedPastTheTenth() {
    List<Advisory> many =
        IntStream.range(0, 15).mapToObj(i -> advisory("A" + i, false, true)).toList();

    assertThat(judge(Reaction.WARN, many).warnings())
        .hasSize(11)
        .last()
        .hasToString("and 5 more advisories");
  }
}
