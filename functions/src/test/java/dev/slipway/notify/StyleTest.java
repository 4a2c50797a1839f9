package dev.slipway.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.util.json.GsonFactory;
import dev.slipway.release.Command;
import dev.slipway.release.Crate;
import dev.slipway.release.CrateSettings;
import dev.slipway.release.Finding;
import dev.slipway.release.Haste;
import dev.slipway.release.Journey;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.Samples;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StyleTest {

  private static final Style STYLE =
      new Style(
          Routes.to("C1"),
          List.of(10, 50, 100),
          new Links(
              Optional.of("https://slipway.acme.dev"),
              Optional.of(new Links.Google("acme", "europe-west1"))),
          true);

  private static final String HOSTILE =
      "<!channel> <https://evil|click> https://evil ``` *x* \u202egnp.exe \u0007\u001b[31m &";

  private static List<String> texts(JsonElement json) {
    List<String> texts = new ArrayList<>();
    if (json instanceof JsonArray array) {
      array.forEach(each -> texts.addAll(texts(each)));
    } else if (json instanceof JsonObject object) {
      if (object.has("text") && object.get("text").isJsonPrimitive()) {
        texts.add(object.get("text").getAsString());
      }
      object.asMap().values().forEach(each -> texts.addAll(texts(each)));
    }
    return texts;
  }

  @Test
  void aMessageShowsWhatTheLedgerHas() {
    Card card = STYLE.card(Stories.of(Stories.LIVE, 6));

    assertThat(card.text()).isEqualTo(":hourglass_flowing_sand: *hello* 1.0.0: 10% of traffic");
    assertThat(texts(card.blocks()))
        .containsSubsequence(
            "hello 1.0.0 · c0c0c0c + uncommitted changes",
            ":hourglass_flowing_sand: *10% of traffic*",
            "✓ received › ✓ built › ✓ smoke › ● 10% › ○ 50% › ○ live\n"
                + "`██░░░░░░░░░░░░░░░░░░` 10% this release, 90% `hello-0123456789ab`")
        .contains("Pause", "Roll back")
        .anySatisfy(t -> assertThat(t).contains("image 1.50 MB", "+0.10 MB", "a 1.0.0 -&gt; 1.0.1"))
        .contains(
            "<https://slipway.acme.dev/releases/%s|this release>".formatted(Samples.ID),
            "<https://console.cloud.google.com/cloud-build/builds;region=europe-west1/b-1?project=acme|build log>",
            "<https://console.cloud.google.com/run/detail/europe-west1/hello?project=acme|service>");
  }

  @Test
  void slacksOwnModelReadsTheBlocks() {
    Gson gson = GsonFactory.createSnakeCase();

    List<LayoutBlock> blocks = new ArrayList<>();
    STYLE
        .card(Stories.of(Stories.LIVE, 6))
        .blocks()
        .forEach(block -> blocks.add(gson.fromJson(block, LayoutBlock.class)));

    assertThat(blocks.getFirst())
        .isInstanceOfSatisfying(
            HeaderBlock.class, h -> assertThat(h.getText().getText()).startsWith("hello 1.0.0"));
    assertThat(blocks.getLast())
        .isInstanceOfSatisfying(
            ActionsBlock.class, a -> assertThat(a.getElements()).hasSizeGreaterThan(1));
  }

  @Test
  void buttonsAreThereOnlyWhereTheyApplyAndAreAnswered() {
    assertThat(actions(STYLE.card(Stories.of(Stories.LIVE, 6))))
        .contains("slipway.pause", "slipway.rollback")
        .doesNotContain("slipway.resume", "slipway.cancel");
    assertThat(actions(STYLE.card(Stories.of(Stories.BACK, 7)))).containsExactly("slipway.hold");
    assertThat(
            actions(
                new Style(STYLE.routes(), STYLE.steps(), Links.NONE, false)
                    .card(Stories.of(Stories.LIVE, 6))))
        .isEmpty();
  }

  private static List<String> actions(Card card) {
    List<String> actions = new ArrayList<>();
    for (JsonElement block : card.blocks()) {
      JsonElement elements = block.getAsJsonObject().get("elements");
      if (elements != null) {
        for (JsonElement element : elements.getAsJsonArray()) {
          JsonElement action = element.getAsJsonObject().get("action_id");
          if (action != null) {
            actions.add(action.getAsString());
          }
        }
      }
    }
    return actions;
  }

  @Test
  void theProgressLineShowsWhereAReleaseEnded() {
    assertThat(Progress.line(Stories.of(Stories.LIVE, 1), STYLE.steps()))
        .isEqualTo("✓ received › ● built › ○ smoke › ○ 10% › ○ 50% › ○ live");
    assertThat(Progress.line(Stories.of(Stories.BACK, 8), STYLE.steps()))
        .isEqualTo("✓ received › ✓ built › ✓ smoke › ✗ 10% › ○ 50% › ○ live");
    assertThat(Progress.line(Stories.of(Stories.LIVE, 7), STYLE.steps()))
        .isEqualTo("✓ received › ✓ built › ✓ smoke › ✓ 10% › ✓ 50% › ✓ live");
    assertThat(Progress.bar(new Stage.Canary(Samples.ROLLOUT, 0, 1, Samples.NOW)))
        .startsWith("`█░");
  }

  @Test
  void whoDidWhatAndWhyIsShown() {
    List<ReleaseEvent> events = new ArrayList<>(Stories.LIVE.subList(0, 6));
    events.add(new ReleaseEvent.Paused("too slow (ana)"));

    Card card = STYLE.card(Stories.of(events, 7, "slack:U0ANA (ana)"));

    assertThat(texts(card.blocks()))
        .contains(":bust_in_silhouette: paused: too slow (ana) - by slack:U0ANA (ana)");
  }

  @Test
  void aThreadTellsEveryEventOfItsTime() {
    Samples.events()
        .forEach(
            (name, event) -> {
              Story.Event told = new Story.Event(5, Samples.NOW, HOSTILE, event);
              Story story =
                  new Story(
                      Samples.release(new Stage.Built()),
                      ServiceRecord.unknown(Samples.HELLO),
                      List.of(told));

              assertThat(STYLE.reply(story, 5).text())
                  .as(name)
                  .startsWith("<!date^1767225600^")
                  .contains("- by &lt;!channel&gt;");
              assertThat(STYLE.notice(story, 5).text()).as(name).startsWith("*hello* 1.0.0: ");
            });
  }

  /** Fault 45. */
  @Test
  void fault45_nothingFromOutsideCanMentionLinkHideOrCommand() {
    for (Card card : hostile(HOSTILE)) {
      for (String text : texts(card.blocks())) {
        String rest = text.replaceAll("<!date\\^[0-9]+\\^[^<>|]*\\|[^<>]*>", "");
        assertThat(rest.replaceAll("<https://[a-z.]+/[^<>|]*\\|[a-z ]+>", ""))
            .doesNotContain("<", ">", "\u202e", "\u0007", "\u001b");
      }
      assertThat(card.text().replaceAll("<!date\\^[0-9]+\\^[^<>|]*\\|[^<>]*>", ""))
          .doesNotContain("<", ">", "\u202e", "\u0007");
      // Without it Slack makes links and mentions by itself.
      for (JsonElement block : card.blocks()) {
        if (block.toString().contains("\"mrkdwn\"")) {
          assertThat(block.toString()).contains("\"verbatim\":true");
        }
      }
    }
  }

  @Test
  void slacksLimitsAreKeptWhateverIsTold() {
    for (Card card : hostile("&<>`🦀".repeat(700))) {
      assertThat(card.text().length()).isLessThanOrEqualTo(3000);
      assertThat(card.blocks().size()).isLessThanOrEqualTo(50);
      for (JsonElement block : card.blocks()) {
        int most = block.getAsJsonObject().get("type").getAsString().equals("header") ? 150 : 3000;
        texts(block).forEach(t -> assertThat(t.length()).isBetween(1, most));
      }
    }
  }

  /** Every kind of card, with a text from outside wherever one can be. */
  private static List<Card> hostile(String text) {
    Crate crate =
        new Crate(
            Samples.HELLO,
            text,
            text,
            "2021",
            Optional.empty(),
            Optional.empty(),
            text,
            Optional.of(new Crate.Commit(text, true, text)),
            1,
            "",
            List.of(text),
            CrateSettings.DEFAULT);
    List<Finding> findings = Collections.nCopies(30, Finding.at("r", text, text));
    List<ReleaseEvent> events =
        List.of(
            new ReleaseEvent.Received(Samples.SOURCE, crate, findings),
            new ReleaseEvent.Rejected(Samples.UPLOAD, 1, findings),
            new ReleaseEvent.BuildFailed(text, text),
            new ReleaseEvent.BuildLost(text),
            new ReleaseEvent.Held(text),
            new ReleaseEvent.Paused(text),
            new ReleaseEvent.RollbackStarted(text, 1),
            new ReleaseEvent.RolledBack(text),
            new ReleaseEvent.Failed(text),
            new ReleaseEvent.Cancelled(text),
            new ReleaseEvent.ApprovalRequested(List.of(text), 1, Samples.NOW),
            new ReleaseEvent.Approved(text, text),
            new ReleaseEvent.Overridden(text, text),
            new ReleaseEvent.HoldPlaced(text, text),
            new ReleaseEvent.HoldLifted(text, text),
            new ReleaseEvent.CommandRefused(Command.Kind.ROLLBACK, text, text),
            new ReleaseEvent.Hastened(Haste.ALL, text),
            new ReleaseEvent.RollbackRefused(text));
    List<Stage> stages =
        List.of(
            new Stage.Rejected(findings),
            new Stage.BuildFailed(text, text),
            new Stage.BuildLost("b", 1, text),
            new Stage.Held(text),
            new Stage.Paused(Samples.ROLLOUT, 0, 10, text),
            new Stage.RolledBack(text, text),
            new Stage.Failed(text),
            new Stage.Cancelled(text),
            new Stage.AwaitingApproval(List.of(text), 1, Samples.NOW));
    List<Card> cards = new ArrayList<>();
    for (Stage stage : stages) {
      for (ReleaseEvent event : events) {
        Release sample = Samples.release(stage);
        Release release =
            new Release(
                sample.id(),
                1,
                stage,
                sample.upload(),
                sample.source(),
                Optional.of(crate),
                sample.image(),
                sample.report(),
                sample.contents(),
                sample.cost(),
                findings,
                sample.history(),
                Journey.NONE);
        Story story =
            new Story(
                release,
                ServiceRecord.unknown(Samples.HELLO),
                List.of(new Story.Event(1, Samples.NOW, text, event)));
        cards.add(STYLE.card(story));
        cards.add(STYLE.reply(story, 1));
        cards.add(STYLE.notice(story, 1));
      }
    }
    return cards;
  }
}
