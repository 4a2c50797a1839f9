package dev.slipway.local.builds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.slipway.local.builds.TrialRuns.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TrialReportTest {

  private static final TrialReport STOPPED =
      new TrialReport(
          new Seen(
              List.of("0.0.0.0:8080"),
              true,
              Optional.of(0),
              Optional.of(Duration.ofMillis(12)),
              List.of()));

  @Test
  void whatWasSeenJoinsTheBuildsReportAndNothingOfThatIsLost() {
    ByteString report = ByteString.copyFromUtf8("{\"schema\":1,\"glibc\":null}");

    assertThat(STOPPED.join(report).toStringUtf8())
        .isEqualTo(
            "{\"schema\":1,\"glibc\":null,\"trialRun\":{\"listens\":[\"0.0.0.0:8080\"],"
                + "\"handlesTerm\":true,\"exitCode\":0,\"stopMillis\":12}}");
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    Seen deaf = new Seen(List.of(), false, Optional.empty(), Optional.empty(), List.of());

    assertThat(new TrialReport(deaf).json()).isEqualTo("{\"listens\":[],\"handlesTerm\":false}");
  }

  @Test
  void aReportThatIsNoneStaysAsItIs() {
    for (String report : new String[] {"", "[]", "{", "nothing"}) {
      assertThat(STOPPED.join(ByteString.copyFromUtf8(report)).toStringUtf8()).isEqualTo(report);
    }
  }
}
