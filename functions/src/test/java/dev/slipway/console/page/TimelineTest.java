package dev.slipway.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.console.ask.Event;
import dev.slipway.release.Command;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TimelineTest {

  @Test
  void whoAskedIsNamedOnce() {
    assertThat(shown(new ReleaseEvent.Paused("look first (ana)"))).containsOnlyOnce("ana");
    assertThat(shown(new ReleaseEvent.Paused("asked by ana"))).containsOnlyOnce("ana");
    assertThat(shown(new ReleaseEvent.Resumed())).containsOnlyOnce("by ana");
  }

  @Test
  void whatWasNotDoneSaysWhatAndWhy() {
    ReleaseEvent refused =
        new ReleaseEvent.CommandRefused(Command.Kind.ROLLBACK, "ana", "no reason was given");

    assertThat(shown(refused)).contains("Not done, Roll back: no reason was given", "by ana");
  }

  private static String shown(ReleaseEvent event) {
    StringBuilder out = new StringBuilder();
    Frame frame = new Frame("../", Optional.empty(), "");
    Timeline.of(List.of(new Event(1, Samples.NOW, "ana", event)), new Linked(frame, Samples.ID))
        .writeTo(out);
    return out.toString();
  }
}
