package dev.slipway.local.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FilterTest {

  private static final Map<String, String> ATTRIBUTES =
      Map.of("domain", "com", "lang", "de-CH", "iana.org/tag", "x", "quote", "a\"b");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "attributes:domain",
        "attributes : domain",
        "attributes.domain = \"com\"",
        "attributes.domain=\"com\"",
        "attributes.domain != \"org\"",
        "attributes.absent != \"org\"",
        "hasPrefix(attributes.lang, \"de\")",
        "NOT attributes:absent",
        "-attributes:absent",
        "attributes:domain AND attributes:lang AND attributes:quote",
        "attributes:absent OR attributes:lang",
        "attributes:absent OR (attributes:lang AND NOT attributes.domain = \"org\")",
        "(attributes:domain)",
        "attributes:\"iana.org/tag\"",
        "attributes.\"iana.org/tag\" = \"x\"",
        "attributes.quote = \"a\\\"b\"",
        "attributes.domain = \"\\x63\\u006fm\""
      })
  void aFilterThatMatches(String filter) {
    assertThat(FilterParser.parse(filter).matches(ATTRIBUTES)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attributes:absent",
        "attributes.domain = \"Com\"",
        "attributes.domain != \"com\"",
        "hasPrefix(attributes.lang, \"DE\")",
        "hasPrefix(attributes.absent, \"\")",
        "NOT attributes:domain",
        "attributes:domain AND attributes:absent",
        "attributes:absent OR attributes:missing",
        "NOT (attributes:domain OR attributes:absent)",
        "NOT attributes:domain AND attributes:lang"
      })
  void aFilterThatDoesNotMatch(String filter) {
    assertThat(FilterParser.parse(filter).matches(ATTRIBUTES)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attributes",
        "attributes:",
        "attributes.domain",
        "attributes.domain = com",
        "attributes.domain = \"com",
        "attributes.domain == \"com\"",
        "attributes.domain = \"\\q\"",
        "attributes:a AND attributes:b OR attributes:c",
        "attributes:a and attributes:b",
        "attributes:a attributes:b",
        "(attributes:a",
        "attributes:a)",
        "hasPrefix(attributes:a, \"b\")",
        "data = \"x\"",
        "NOT"
      })
  void aFilterThatIsRefused(String filter) {
    assertThatThrownBy(() -> FilterParser.parse(filter))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageStartingWith("INVALID_ARGUMENT: Invalid filter");
  }

  @Test
  void aFilterOfMoreThan256BytesIsRefused() {
    assertThatThrownBy(() -> FilterParser.parse("attributes:" + "a".repeat(250)))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("256");
  }
}
