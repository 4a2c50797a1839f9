package dev.slipway.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.release.Promotion;
import dev.slipway.release.ReleaseId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PromotionFileTest {

  private static final String DIGEST = "sha256:" + "ab".repeat(32);

  private static final Promotion PROMOTION =
      new Promotion(
          "staging",
          ReleaseId.parse("hello-0123456789ab"),
          DIGEST,
          Optional.of("ana@example.com"),
          Optional.empty());

  @Test
  void whatIsWrittenIsRead() {
    assertThat(PromotionFile.read(PromotionFile.write(PROMOTION))).isEqualTo(PROMOTION);
    assertThat(PROMOTION.object()).isEqualTo("promotions/hello-0123456789ab.promotion.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "[]; no JSON object",
        "nonsense; no JSON object",
        "{}; lacks digest, environment, release",
        "{'environment': 'staging'}; no JSON object",
        "{\"environment\": \"staging\", \"force\": \"yes\"}; unknown key 'force'",
        "{\"environment\": \"staging\", \"environment\": \"dev\"}; environment comes twice",
        "{\"environment\": 1}; environment is no text",
        "{\"environment\": null}; environment is no text",
        "{\"environment\": \"staging\"} {}; no JSON object",
        "{\"environment\": \"St aging\", \"release\": \"hello-0123456789ab\", \"digest\": \"D\"}; an environment is named",
        "{\"environment\": \"staging\", \"release\": \"hello\", \"digest\": \"D\"}; no release id",
        "{\"environment\": \"staging\", \"release\": \"hello-0123456789ab\", \"digest\": \"latest\"}; a digest is",
        "{\"environment\": \"staging\", \"release\": \"hello-0123456789ab\", \"digest\": \"D\", \"by\": \"a\\nb\"}; by is one line",
      })
  void anythingElseIsRefused(String file, String why) {
    byte[] bytes = file.replace("\"D\"", "\"" + DIGEST + "\"").getBytes(UTF_8);

    assertThatThrownBy(() -> PromotionFile.read(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
    assertThat(PromotionFile.inspect("promotions/hello-0123456789ab.promotion.json", bytes))
        .isInstanceOfSatisfying(
            Inspection.Refused.class,
            refused -> {
              assertThat(refused.service().value()).isEqualTo("hello");
              assertThat(refused.findings()).hasSize(1);
            });
  }

  @Test
  void whatIsTooLargeOrNoTextIsRefused() {
    assertThatThrownBy(() -> PromotionFile.read(new byte[PromotionFile.MAX_BYTES + 1]))
        .hasMessageContaining("bytes");
    assertThatThrownBy(() -> PromotionFile.read(new byte[] {(byte) 0xff}))
        .hasMessageContaining("UTF-8");
  }
}
