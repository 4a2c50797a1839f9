package dev.slipway.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

final class TomlTest {

  private static final String DOCUMENT =
      """
      # a comment
      title = "tab\\tquote\\" \\u00e9 \\U0001F600" # more
      literal = 'C:\\path'
      long = \"\"\"
      one \\
         line "quoted" ""\"\"\"
      raw = '''
      a
      'b'
      '''
      ints = [1, -2, +3, 0xff, 0o17, 0b11, 1_000,]
      floats = [1.5, -2e3, 1_0.0_1]
      yes = true
      "quoted.key" = 1
      a.b.c = 1
      a.b.d = { x = 1, y.z = [ { }, [] ] }
      [table]
      key = "v"
      [table.inner]
      k = 1
      [[list]]
      n = 1
      [[list.sub]]
      m = 1
      [[list]]
      n = 2
      [x.y]
      [x]
      z = 1
      """;

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case TomlTable table -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        table.keySet().forEach(key -> map.put(key, plain(table.get(List.of(key)))));
        yield map;
      }
      case TomlArray array -> array.toList().stream().map(TomlTest::plain).toList();
      case null -> null;
      case Object other -> other;
    };
  }

  @Test
  void readsWhatAnIndependentReaderReads() throws TomlException {
    TomlParseResult peer = org.tomlj.Toml.parse(DOCUMENT);

    assertThat(peer.errors()).isEmpty();
    assertThat(Toml.parse(DOCUMENT)).isEqualTo(plain(peer));
  }

  /** The peer is laxer in a few places; where we accept, it must have read the same. */
  @Test
  void whateverIsAcceptedIsReadAsAnIndependentReaderDoes() {
    int accepted = 0;
    for (int i = 0; i < 1000; i++) {
      Random random = new Random(i);
      StringBuilder text = new StringBuilder(DOCUMENT);
      String bits = "\"'[]{}=.,#\\\n \t1a-_";
      text.setCharAt(
          random.nextInt(text.length()), bits.charAt(random.nextInt(bits.length())));
      Map<String, Object> ours;
      try {
        ours = Toml.parse(text.toString());
      } catch (TomlException e) {
        continue;
      }
      TomlParseResult peer = org.tomlj.Toml.parse(text.toString());
      if (!peer.hasErrors()) {
        accepted++;
        assertThat(ours).as(text.toString()).isEqualTo(plain(peer));
      }
    }
    assertThat(accepted).isGreaterThan(300);
  }

  @TestFactory
  Stream<DynamicTest> brokenTextIsRefusedWithItsLine() {
    Map<String, String> texts = new TreeMap<>();
    texts.put("a = 1\na = 2", "line 2: 'a' is there twice");
    texts.put("[a]\n[a]", "line 2: [a] is there twice");
    texts.put("a = {}\n[a]\n", "line 2: [a] is there twice");
    texts.put("a = []\n[[a]]\n", "line 2: [[a]] is something else before");
    texts.put("a = {b.c = 1}\na.b.d = 1", "line 2: 'a' is something else before");
    texts.put("a = \"x\ny\"", "line 1: a string is not closed");
    texts.put("a = 1 b = 2", "line 1: there is more on the line than one key and value");
    texts.put("a =", "line 1: a value is missing, or a string lacks its quotes");
    texts.put("a = 01", "line 1: a value is missing, or a string lacks its quotes");
    texts.put("a = 99999999999999999999", "line 1: a number is too large");
    texts.put("a = '\u0000'", "line 1: there is a control character");
    texts.put("a = \"\\q\"", "line 1: a string has an unknown escape");
    texts.put("a = \"\\ud800\"", "line 1: a string has a Unicode escape of no character");
    texts.put("= 1", "line 1: a key is missing");
    texts.put("a = [1 2]", "line 1: a list has no comma or end");
    return texts.entrySet().stream()
        .map(
            text ->
                DynamicTest.dynamicTest(
                    Shown.text(text.getKey()),
                    () ->
                        assertThatThrownBy(() -> Toml.parse(text.getKey()))
                            .isInstanceOfSatisfying(
                                TomlException.class,
                                e -> assertThat(e.explained()).isEqualTo(text.getValue()))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a=", "a.", "1", "\"\\u00e9", "[[a]]\n", "'"})
  void repetitionOfAnythingEndsInAnAnswer(String bit) {
    for (String prefix : List.of("a = ", "", "[")) {
      String text = prefix + bit.repeat(50_000);
      try {
        assertThat(Toml.parse(text)).isNotNull();
      } catch (TomlException e) {
        assertThat(e.explained()).hasSizeLessThan(300);
      }
    }
  }
}
