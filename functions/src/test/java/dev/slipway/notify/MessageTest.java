package dev.slipway.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Crate;
import dev.slipway.release.Finding;
import dev.slipway.release.Image;
import dev.slipway.release.Journey;
import dev.slipway.release.Release;
import dev.slipway.release.Samples;
import dev.slipway.release.Stage;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MessageTest {

  private static final String HOSTILE = "<!channel> & <https://evil|click> ```";
  private static final String HARMLESS =
      "&lt;!channel&gt; &amp; &lt;https://evil|click&gt; ";

  private static Message of(Stage stage) {
    return Message.of(Samples.release(stage));
  }

  @Test
  void everyStageIsSaidInOneLine() {
    Samples.stages()
        .forEach(
            (name, stage) ->
                assertThat(of(stage).text())
                    .as(name)
                    .startsWith(":")
                    .contains("*hello* 1.0.0: ")
                    .doesNotContain("\n"));
    Message live = of(new Stage.Live(Samples.ROLLOUT, Samples.NOW));
    assertThat(live.text()).isEqualTo(":white_check_mark: *hello* 1.0.0: live, 100% of traffic");
    assertThat(live.detail()).startsWith("image 1.50 MB (2.10 MB unpacked), +0.10 MB (+7.1%), ");
  }

  @Test
  void anUnpackedSizeNobodyKnowsIsNotSaid() {
    Image image = new Image("host/hello", "sha256:1", 1_500_000, -1, List.of());

    assertThat(Message.of(with(image)).detail()).isEqualTo("image 1.50 MB");
  }

  private static Release with(Image image) {
    return new Release(
        Samples.ID,
        1,
        new Stage.Built(),
        Samples.UPLOAD,
        Optional.of(Samples.SOURCE),
        Optional.of(Samples.CRATE),
        Optional.of(image),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(new Release.Entered("built", Samples.NOW)), Journey.NONE);
  }

  @Test
  void fault45_nothingFromOutsideCanMentionOrLink() {
    List<Stage> hostile =
        List.of(
            new Stage.BuildLost("b", 1, HOSTILE),
            new Stage.Held(HOSTILE),
            new Stage.Paused(Samples.ROLLOUT, 0, 10, HOSTILE),
            new Stage.RollingBack(Samples.ROLLOUT, HOSTILE),
            new Stage.Rejected(List.of(Finding.at("r", HOSTILE, HOSTILE))),
            new Stage.BuildFailed(HOSTILE, HOSTILE),
            new Stage.RolledBack(HOSTILE, HOSTILE),
            new Stage.Failed(HOSTILE),
            new Stage.Cancelled(HOSTILE));

    for (Stage stage : hostile) {
      Message message = of(stage);
      assertThat(message.text() + message.detail())
          .as(stage.label())
          .contains(HARMLESS)
          .doesNotContain("<")
          .doesNotContain(">");
    }
  }

  @Test
  void aHostileVersionIsEscapedToo() {
    Crate crate = Samples.crate(Samples.HELLO, HOSTILE);
    Release release =
        new Release(
            Samples.ID,
            1,
            new Stage.Received(),
            Samples.UPLOAD,
            Optional.of(Samples.SOURCE),
            Optional.of(crate),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(new Release.Entered("received", Samples.NOW)), Journey.NONE);

    assertThat(Message.of(release).text()).contains(HARMLESS).doesNotContain("<");
  }

  @Test
  void theCompilersWordsStayInTheirFence() {
    assertThat(of(new Stage.BuildFailed("cargo failed", "a ``` b")).detail())
        .isEqualTo("```a ''' b```");
    assertThat(of(new Stage.BuildFailed("cargo failed", "x".repeat(4096))).detail())
        .startsWith("```xxx")
        .endsWith("x…```");
    assertThat(of(new Stage.BuildFailed("cargo failed", "")).detail()).isEmpty();
  }

  @Test
  void everyReasonOfARefusalIsALine() {
    assertThat(of(new Stage.Rejected(Samples.FINDINGS)).detail())
        .isEqualTo("• It is too large.\n• ../../etc/passwd: It leaves the archive.");
  }

  @Test
  void noSectionIsLongerThanSlackTakes() {
    String long1 = "&".repeat(4000);
    List<Stage> stages =
        List.of(
            new Stage.Cancelled(long1),
            new Stage.BuildFailed(long1, long1),
            new Stage.Rejected(Collections.nCopies(500, Finding.of("r", "Wrong & bad."))));

    for (Stage stage : stages) {
      Message message = of(stage);
      assertThat(message.text().length()).isLessThanOrEqualTo(3000);
      assertThat(message.detail().length()).isLessThanOrEqualTo(3000);
    }
  }

  @Test
  void aCutGoesThroughNoEntityAndNoCharacter() {
    for (int before = 0; before < 8; before++) {
      String text = of(new Stage.Failed("x".repeat(before) + "&".repeat(900))).text();
      assertThat(text.substring(0, text.length() - 1)).endsWith("&amp;");
      String astral = of(new Stage.Failed("x".repeat(before) + "🦀".repeat(2000))).text();
      assertThat(astral.codePoints().filter(c -> c < 0x10000 && Character.isSurrogate((char) c)))
          .isEmpty();
    }
  }
}
