package dev.slipway.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.Surroundings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DisplayTest {

  private final StringWriter out = new StringWriter();

  @Test
  void onATerminalOnlyTheLineOfThePassingTimeIsDrawnOver() {
    tell(true);

    assertThat(out.toString().replaceAll("[^\n]*\r\u001B\\[K", ""))
        .startsWith("  hello 1.0.0\n      1.5 s  received\n      9.0 s  live\n");
    assertThat(out.toString()).contains("\r\u001B[K      1.6 s  ...\r\u001B[K");
  }

  @Test
  void elsewhereTheStagesAreAllThereIs() {
    tell(false);

    assertThat(out.toString())
        .isEqualTo("  hello 1.0.0\n      1.5 s  received\n      9.0 s  live\n");
  }

  private void tell(boolean terminal) {
    Surroundings surroundings = new Surroundings(Map.of(), Path.of("."), terminal);
    PrintWriter writer = new PrintWriter(out);
    Display display = new Display(new Screen(writer, writer, surroundings, false));
    display.begin("hello 1.0.0");
    display.stage("received", Duration.ofMillis(1500));
    display.tick(Duration.ofMillis(1600));
    display.stage("live", Duration.ofSeconds(9));
    writer.flush();
  }
}
