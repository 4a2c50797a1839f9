package dev.slipway.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.release.Command;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class InteractionsTest {

  private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final String TIME = Long.toString(NOW.getEpochSecond());

  private final List<Command> commands = new ArrayList<>();
  private final List<JsonObject> dialogs = new ArrayList<>();
  private final Set<String> receipts = new HashSet<>();
  private Clicks clicks = new Clicks(Set.of(), Set.of());
  private Story story = Stories.of(Stories.LIVE, 6);
  private Function<ReleaseId, Optional<Story>> ledger =
      id -> Optional.of(story).filter(s -> s.release().id().equals(id));
  private Dialogs slack = (trigger, view) -> dialogs.add(view);

  private Interactions.Answer answer(Interactions.Request request) {
    return new Interactions(
            SECRET,
            clicks,
            new Interactions.Desk(
                id -> ledger.apply(id),
                PATIENCE,
                commands::add,
                (trigger, view) -> slack.open(trigger, view),
                (key, until) -> receipts.add(key)),
            Clock.fixed(NOW, ZoneOffset.UTC))
        .answer(request);
  }

  private static Interactions.Request signed(String body) {
    return new Interactions.Request(new Signature(SECRET).of(TIME, body), TIME, body);
  }

  private static String form(String json) {
    return "payload=" + URLEncoder.encode(json, UTF_8);
  }

  /** A request as Slack sends it. */
  private static String captured(String name) {
    try (InputStream in = InteractionsTest.class.getResourceAsStream(name + ".json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
          .replace("RELEASE", Samples.ID.toString())
          .replace("C0" + Samples.ID, "C0RELEASES");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String clickOf(String action) {
    return form(captured("block-actions").replace("slipway.pause", action));
  }

  private static String submissionOf(String reason) {
    return form(captured("view-submission").replace("REASON", reason));
  }

  /** The example in Slack's documentation of request signing. */
  @Test
  void theSignatureIsSlacks() {
    String body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
            + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
            + "&command=%2Fwebhook-collect&text="
            + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
            + "%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    assertThat(new Signature(SECRET).of("1531420618", body))
        .isEqualTo("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
  }

  @Test
  void aClickIsACommandInTheNameOfWhoClicked() {
    Interactions.Answer answer = answer(signed(clickOf("slipway.pause")));

    assertThat(answer).isEqualTo(new Interactions.Answer(200, ""));
    assertThat(commands)
        .containsExactly(
            new Command(Command.Kind.PAUSE, Samples.ID, "slack:U0ANA (ana)", ""));
    assertThat(dialogs).isEmpty();
  }

  @Test
  void aClickIsAnsweredWithoutTheLedgerWhereThatIsSlow() {
    CountDownLatch never = new CountDownLatch(1);
    ledger =
        id -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Optional.empty();
        };

    Interactions.Answer pause = answer(signed(clickOf("slipway.pause")));
    Interactions.Answer rollback = answer(signed(clickOf("slipway.rollback")));
    never.countDown();

    assertThat(List.of(pause.status(), rollback.status())).containsOnly(200);
    assertThat(commands).extracting(Command::kind).containsExactly(Command.Kind.PAUSE);
    assertThat(dialogs).hasSize(1);
    assertThat(dialogs.getFirst().toString()).contains("Roll back", "Why?");
  }

  @Test
  void theLedgersFailureIsAFailureOfTheClick() {
    ledger =
        id -> {
          throw new IllegalStateException("no ledger");
        };

    assertThatThrownBy(() -> answer(signed(clickOf("slipway.pause")))).hasMessage("no ledger");
    assertThat(commands).isEmpty();
  }

  @Test
  void fault47_whatIsNotSignedOrOldOrFromTheFutureDoesNothing() {
    String body = clickOf("slipway.pause");
    Interactions.Request good = signed(body);
    List<Interactions.Request> forged = new ArrayList<>();
    forged.add(new Interactions.Request("", "", body));
    forged.add(new Interactions.Request("v0=", TIME, body));
    forged.add(new Interactions.Request(good.signature(), "", body));
    forged.add(new Interactions.Request(good.signature(), "x", body));
    forged.add(new Interactions.Request(good.signature(), TIME + "0", body));
    forged.add(new Interactions.Request(good.signature(), TIME, body + "&x=y"));
    forged.add(new Interactions.Request(good.signature().toUpperCase(Locale.ROOT), TIME, body));
    forged.add(new Interactions.Request(new Signature("another").of(TIME, body), TIME, body));
    for (Duration age : List.of(Duration.ofSeconds(301), Duration.ofSeconds(-301))) {
      String time = Long.toString(NOW.minus(age).getEpochSecond());
      forged.add(new Interactions.Request(new Signature(SECRET).of(time, body), time, body));
    }

    for (Interactions.Request request : forged) {
      assertThat(answer(request).status()).isEqualTo(401);
    }

    assertThat(commands).isEmpty();
    assertThat(dialogs).isEmpty();
    assertThat(receipts).isEmpty();
    for (Duration age : List.of(Duration.ofMinutes(5), Duration.ofMinutes(-5))) {
      String time = Long.toString(NOW.minus(age).getEpochSecond());
      assertThat(
              answer(new Interactions.Request(new Signature(SECRET).of(time, body), time, body))
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  void theSameRequestAgainDoesNothing() {
    Interactions.Request request = signed(clickOf("slipway.pause"));

    assertThat(answer(request).status()).isEqualTo(200);
    assertThat(answer(request).status()).isEqualTo(401);

    assertThat(commands).hasSize(1);
  }

  @Test
  void whatIsSignedButOfNoKnownShapeIsRefused() {
    for (String body :
        List.of(
            "",
            "payload=",
            "payload=%",
            "payload=[]",
            "payload=null",
            form("{}"),
            form("{\"type\": \"block_actions\"}"),
            form("{\"type\": \"view_submission\", \"user\": {\"id\": \"U1\"}}"),
            clickOf("slipway.pause").replace("U0ANA", "%3C!channel%3E"),
            clickOf("slipway.pause").replace(Samples.ID.toString(), "..%2F.."),
            submissionOf("x").replace("ROLLBACK", "DESTROY"))) {
      assertThat(answer(signed(body)).status()).as(body).isEqualTo(400);
    }
    assertThat(commands).isEmpty();
  }

  @Test
  void clicksThatAreNotOursAreAcknowledged() {
    assertThat(answer(signed(clickOf("a-link"))).status()).isEqualTo(200);
    assertThat(answer(signed(form("{\"type\": \"view_closed\"}"))).status()).isEqualTo(200);
    assertThat(commands).isEmpty();
  }

  @Test
  void whatEndsAReleaseAsksForAReasonFirst() {
    Interactions.Answer asked = answer(signed(clickOf("slipway.rollback")));

    assertThat(asked.status()).isEqualTo(200);
    assertThat(commands).isEmpty();
    assertThat(dialogs).hasSize(1);
    assertThat(dialogs.getFirst().get("private_metadata").getAsString())
        .isEqualTo("ROLLBACK " + Samples.ID);

    assertThat(answer(signed(submissionOf("too slow"))))
        .isEqualTo(new Interactions.Answer(200, ""));
    assertThat(commands)
        .containsExactly(
            new Command(Command.Kind.ROLLBACK, Samples.ID, "slack:U0ANA (ana)", "too slow"));
  }

  @Test
  void aReasonIsInsistedOnWhereTheTeamWantsOne() {
    String empty = submissionOf("REASON").replace("%22REASON%22", "null");
    clicks = new Clicks(Set.of(Command.Kind.ROLLBACK), Set.of());

    Interactions.Answer answer = answer(signed(empty));

    assertThat(commands).isEmpty();
    JsonObject json = JsonParser.parseString(answer.body()).getAsJsonObject();
    assertThat(json.get("response_action").getAsString()).isEqualTo("errors");
    assertThat(json.getAsJsonObject("errors").keySet()).containsExactly("reason");
    clicks = new Clicks(Set.of(), Set.of());
    assertThat(answer(signed(empty + "&again"))).isEqualTo(new Interactions.Answer(200, ""));
    assertThat(commands).hasSize(1);
  }

  @Test
  void whatDoesNotApplyAnyMoreIsSaidToWhoClicked() {
    story = Stories.of(Stories.BACK, 8);

    Interactions.Answer clicked = answer(signed(clickOf("slipway.pause")));
    Interactions.Answer submitted = answer(signed(submissionOf("too slow")));

    assertThat(clicked.status()).isEqualTo(200);
    assertThat(dialogs.getFirst().toString()).contains("nothing was done, for only a canary can be paused; it is rolled-back");
    assertThat(JsonParser.parseString(submitted.body()).getAsJsonObject().get("response_action"))
        .hasToString("\"update\"");
    assertThat(commands).isEmpty();
  }

  @Test
  void onlyThoseTheTeamNamesMayClick() {
    clicks = new Clicks(Set.of(), Set.of("U0BOB"));

    answer(signed(clickOf("slipway.pause")));

    assertThat(commands).isEmpty();
    assertThat(dialogs.getFirst().toString()).contains("not among those");
  }

  @Test
  void aDialogSlackDoesNotTakeIsAnErrorThatWhoClickedSees() {
    slack =
        (trigger, view) -> {
          throw new NotSaidException("expired_trigger_id");
        };

    assertThat(answer(signed(clickOf("slipway.rollback"))).status()).isEqualTo(502);
  }

  @Test
  void aNameCannotPassForAnother() {
    String body =
        form(
            captured("block-actions")
                .replace("\"username\": \"ana\"", "\"username\": \"bob) \\u202e<!here>\\n(x\""));

    answer(signed(body));

    assertThat(commands.getFirst().actor())
        .isEqualTo("slack:U0ANA (bob  \ufffd‹!here›  x)")
        .doesNotContain("\n");
  }

  @Test
  void noSecretIsPrinted() {
    Interactions.Request request = signed(clickOf("slipway.pause"));

    assertThat(new Signature(SECRET).toString()).doesNotContain(SECRET);
    assertThat(request.toString()).doesNotContain(request.signature());
  }
}
