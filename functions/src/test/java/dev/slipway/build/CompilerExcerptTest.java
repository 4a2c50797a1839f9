package dev.slipway.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompilerExcerptTest {

  @ParameterizedTest
  @ValueSource(strings = {"type-error", "failed-test", "no-error"})
  void cutsAsTheGoldenFileSays(String name) throws IOException {
    String log = resource(name + ".log.input").replace("<ESC>", "\u001B");

    String excerpt = CompilerExcerpt.of(log);

    assertThat(excerpt + "\n").isEqualTo(resource(name + ".log.expected"));
  }

  @Test
  void staysWithinFourKilobytesWhateverTheLog() {
    String endless = "error[E0001]: é\n" + ("é".repeat(5000) + "\n").repeat(200);

    String excerpt = CompilerExcerpt.of(endless);

    assertThat(excerpt.getBytes(UTF_8).length).isBetween(2000, CompilerExcerpt.MAX_BYTES);
    assertThat(excerpt).startsWith("error[E0001]: é\n");
  }

  @Test
  void saysNothingOfAnEmptyLog() {
    assertThat(CompilerExcerpt.of("")).isEmpty();
  }

  @Test
  void leavesOutThatCargoFailedWhichIsTheReasonItself() {
    String log =
        """
        error: this file contains an unclosed delimiter

        error: could not compile `hello` (bin "hello") due to 1 previous error
        ERROR: 'cargo build' failed with exit code 101: error: this file contains an unclosed
        """;

    assertThat(CompilerExcerpt.of(log)).endsWith("due to 1 previous error");
  }

  @Test
  void leavesOutControlCharacters() {
    String log = "error: a\u0000b\u0007c\u001B]8;;https://x\u0007link\u001B]8;;\u0007";

    assertThat(CompilerExcerpt.of(log)).isEqualTo("error: abclink");
  }

  @Test
  void leavesOutSecretsThatACrateHasPrinted() {
    String log =
        """
        #9 1.0 warning: check@0.1.0: DATABASE_PASSWORD=hunter2hunter2
        #9 1.2 error: failed to run custom build command for `check v0.1.0`
        #9 1.2   token ghp_abcdefghijklmnopqrstuvwxyz0123456789
        """;

    assertThat(CompilerExcerpt.of(log)).doesNotContain("hunter2").doesNotContain("ghp_");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = CompilerExcerptTest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError("no resource " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
