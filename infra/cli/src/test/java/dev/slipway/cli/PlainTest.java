package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text of strangers on a terminal. */
final class PlainTest {

  private static final String HOSTILE =
      "a\u001b[2Jb\u009b31mc\u001b]0;t\u0007d\r\ne\u202ef\u2066g\u2028h\u007f";

  @ParameterizedTest
  @CsvSource({"'', ''", "plain text, plain text", "Grüße 日本 👩‍💻, Grüße 日本 👩‍💻", "'a\tb', a b"})
  void whatATerminalOnlyShowsStays(String text, String shown) {
    assertThat(Plain.text(text)).isEqualTo(shown);
  }

  @Test
  void whatATerminalObeysIsReplaced() {
    assertThat(Plain.text(HOSTILE)).isEqualTo("a?[2Jb?31mc?]0;t?d??e?f?g?h?");
  }

  @Test
  void jsonSaysTheSameWithoutIt() {
    String json = Plain.json(new JsonPrimitive(HOSTILE).toString());

    assertThat(json.chars()).allMatch(c -> c >= ' ' && c < 0x7f);
    assertThat(JsonParser.parseString(json).getAsString()).isEqualTo(HOSTILE);
  }
}
