package dev.slipway.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonPrimitive;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ScreenTest {

  private static final String HOSTILE = "a\u001B[31mb\u001B]0;title\u0007c\nd\r\u202Ee\u0085f\u200Bg";

  private final StringWriter out = new StringWriter();

  private Screen screen(Map<String, String> variables, boolean terminal, boolean json) {
    Surroundings surroundings = new Surroundings(variables, Path.of("."), terminal);
    return new Screen(new PrintWriter(out), new PrintWriter(out), surroundings, json);
  }

  @Test
  void whatATerminalWouldObeyIsDroppedOrShown() {
    screen(Map.of(), false, false).line(HOSTILE);

    assertThat(out.toString().strip()).isEqualTo("abc d \\u202Ee f\\u200Bg");
  }

  @Test
  void coloursAreForTerminalsOnly() {
    Line line = Line.of(Tone.BAD, "failed");

    screen(Map.of("TERM", "xterm"), true, false).line(line);
    screen(Map.of("TERM", "xterm"), false, false).line(line);
    screen(Map.of("TERM", "dumb"), true, false).line(line);

    assertThat(out.toString().lines())
        .containsExactly("\u001B[31mfailed\u001B[0m", "failed", "failed");
  }

  @Test
  void homeIsWhereTheShellSays() {
    assertThat(Surroundings.home(Map.of("HOME", "/elsewhere"), "/home/ana"))
        .isEqualTo(Path.of("/elsewhere"));
    assertThat(Surroundings.home(Map.of("HOME", ""), "/home/ana")).isEqualTo(Path.of("/home/ana"));
  }

  @Test
  void noColorIsHonoured() {
    screen(Map.of("TERM", "xterm", "NO_COLOR", "1"), true, false).line(Line.of(Tone.BAD, "failed"));

    assertThat(out.toString().strip()).isEqualTo("failed");
  }

  @Test
  void aTableTooWideForTheTerminalGivesWayInTheMiddleOfItsTextsAndIsWholeElsewhere() {
    Table table = new Table("SERVICE", "BYTES", "RELEASE");
    String release = "a-service-of-a-long-name-0123456789ab";
    table.row("a-service-of-a-long-name", "1,234,567", release);

    screen(Map.of("COLUMNS", "48"), true, false).table(table);
    screen(Map.of("COLUMNS", "48"), false, false).table(table);

    assertThat(out.toString().lines().toList())
        .containsExactly(
            "SERVICE                BYTES  RELEASE",
            "a-servic…ong-name  1,234,567  a-service…456789ab",
            "SERVICE                       BYTES  RELEASE",
            "a-service-of-a-long-name  1,234,567  " + release);
  }

  @Test
  void whereJsonIsAskedForNothingElseIsWritten() {
    Screen screen = screen(Map.of("TERM", "xterm"), true, true);

    screen.line("text");
    screen.draw(Line.of("progress"));
    screen.json(new JsonPrimitive("\u202E\u001B"));

    assertThat(out.toString().strip()).isEqualTo("\"\\u202e\\u001b\"");
  }

  @Test
  void progressIsWipedBeforeTheNextLineAndNeverWiderThanTheTerminal() {
    Screen screen = screen(Map.of("TERM", "xterm", "COLUMNS", "40"), true, false);

    screen.draw(Line.of("x".repeat(100)));
    screen.line("done");

    assertThat(out.toString()).isEqualTo("\r\u001B[K" + "x".repeat(39) + "\r\u001B[Kdone\n");
  }

  @Test
  void tablesAlignWhatIsSeen() {
    Table table = new Table("NAME", "BYTES", "END");
    table.row(Line.of(Tone.GOOD, "a"), Line.of("1,000"), Line.of(""));
    table.row(Line.of("long name"), Line.of("1"), Line.of("x"));

    assertThat(table.lines().stream().map(Line::plain))
        .containsExactly("NAME       BYTES  END", "a          1,000", "long name      1  x");
  }
}
