package dev.slipway.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.console.http.Reply;
import dev.slipway.console.http.Request;
import dev.slipway.release.Command;
import dev.slipway.release.Samples;
import dev.slipway.release.Stage;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Who gets in, what they may do, and that nobody else does it in their name. */
final class ConsoleTest {

  private static final String COMMANDS = "/releases/" + Samples.ID + "/commands";
  private static final String API_COMMANDS = "/api" + COMMANDS;
  private static final String PAUSE = "kind=PAUSE&reason=look+first&token=" + World.TOKEN;
  private static final Stage CANARY = new Stage.Canary(Samples.ROLLOUT, 0, 10, Samples.NOW);

  private final World world = new World();

  @Test
  void whomNobodyVouchesForSeesNothing() {
    world.add(CANARY);
    for (String path : List.of("/", "/releases/" + Samples.ID, "/api/services", "/api/stream")) {
      Reply reply = world.answer(new Request("GET", path, Map.of(), Map.of(), ""));

      assertThat(reply.status()).as(path).isEqualTo(401);
      assertThat(reply.text()).doesNotContain("hello");
    }
  }

  @Test
  void whoIsNotAmongThePeopleSeesNothing() {
    assertThat(world.as("eve@elsewhere.example", "/").status()).isEqualTo(403);
  }

  @Test
  void everyReplyForbidsProgramsInThePageFramesAndGuessing() {
    for (String path : List.of("/", "/nothing", "/api/services", "/api/nothing")) {
      Map<String, String> headers = world.get(path).headers();

      assertThat(headers.get("content-security-policy"))
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(headers)
          .containsEntry("x-content-type-options", "nosniff")
          .containsEntry("referrer-policy", "same-origin")
          .containsEntry("cache-control", "no-store");
    }
  }

  @Test
  void whoeverLedABrowserHereHasNoHandOnItsWindow() {
    String policy = "cross-origin-opener-policy";

    for (String site : List.of("cross-site", "same-site", "unheard-of")) {
      assertThat(world.ledBy(site).headers()).as(site).containsEntry(policy, "same-origin");
    }
    assertThat(world.get("/").headers()).containsEntry(policy, "same-origin");
    for (String site : List.of("none", "same-origin")) {
      assertThat(world.ledBy(site).headers()).as(site).doesNotContainKey(policy);
    }
  }

  @Test
  void aPageHoldsNoProgramAndNoStyleButTheOneItsPolicyNames() throws Exception {
    world.add(CANARY);
    for (String path :
        List.of("/", "/releases", "/releases/" + Samples.ID, "/services/hello", "/delivery")) {
      Reply reply = world.as("ana@acme.example", path);

      assertThat(reply.status()).as(path).isEqualTo(200);
      String style = reply.text().split("</?style>", -1)[1];
      assertThat(reply.headers().get("content-security-policy"))
          .contains("style-src 'sha256-" + sha256(style) + "';");
      assertThat(reply.text())
          .containsOnlyOnce("<style")
          .doesNotContain(" style=", " onclick", "javascript:")
          .containsOnlyOnce("<script type=\"module\" src=");
    }
  }

  private static String sha256(String text) throws NoSuchAlgorithmException {
    return Base64.getEncoder()
        .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }

  @Test
  void aPageIsSentCompressedToWhoeverReadsItSo() throws Exception {
    world.add(CANARY);
    String path = "/releases/" + Samples.ID;
    Map<String, String> headers =
        Map.of("x-user", "ana@acme.example", "cookie", "__Host-slipway=" + World.TOKEN);
    Map<String, String> compressing = new HashMap<>(headers);
    compressing.put("accept-encoding", "br, gzip, deflate");

    Reply plain = world.answer(new Request("GET", path, Map.of(), headers, ""));
    Reply packed = world.answer(new Request("GET", path, Map.of(), compressing, ""));
    compressing.put("if-none-match", packed.headers().get("etag"));
    Reply again = world.answer(new Request("GET", path, Map.of(), compressing, ""));

    assertThat(plain.headers()).containsEntry("vary", "accept-encoding");
    assertThat(packed.headers()).containsEntry("content-encoding", "gzip");
    byte[] sent = ((Reply.Bytes) packed.body()).content();
    assertThat(new GZIPInputStream(new ByteArrayInputStream(sent)).readAllBytes())
        .asString(UTF_8)
        .isEqualTo(plain.text());
    assertThat(sent.length).isLessThan(plain.text().length() / 3);
    assertThat(again.status()).isEqualTo(304);
  }

  @Test
  void whoCannotReadGzipGetsThePageAsItIs() {
    world.add(CANARY);
    for (String coding : List.of("", "br", "gzip;q=0", "identity")) {
      Reply reply =
          world.answer(
              new Request(
                  "GET",
                  "/",
                  Map.of(),
                  Map.of("x-user", "ana@acme.example", "accept-encoding", coding),
                  ""));

      assertThat(reply.headers()).as(coding).doesNotContainKey("content-encoding");
      assertThat(reply.text()).startsWith("<!doctype html>");
    }
  }

  @Test
  void nothingIsChangedByAGet() {
    world.add(CANARY);

    for (String path : List.of(COMMANDS, API_COMMANDS)) {
      assertThat(world.as("ana@acme.example", path).status()).isEqualTo(405);
    }
    assertThat(world.handedIn).isEmpty();
  }

  @Test
  void aDeployersFormIsHandedInWithTheirNameAndReason() {
    world.add(CANARY);

    Reply reply = world.form("dora@acme.example", COMMANDS, PAUSE, Map.of());

    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.headers()).containsEntry("location", "../" + Samples.ID + "?asked=PAUSE");
    assertThat(world.handedIn)
        .containsExactly(
            new Command(Command.Kind.PAUSE, Samples.ID, "dora@acme.example", "look first"));
  }

  @Test
  void aProgramHandsInJson() {
    world.add(CANARY);

    Reply reply =
        world.json(
            "dora@acme.example", API_COMMANDS, "{\"kind\":\"ROLLBACK\",\"reason\":\"slow\"}");

    assertThat(reply.status()).isEqualTo(202);
    assertThat(world.handedIn)
        .containsExactly(
            new Command(Command.Kind.ROLLBACK, Samples.ID, "dora@acme.example", "slow"));
  }

  @Test
  void fault47_aRequestThatAnotherSiteHadTheBrowserSendIsRefused() {
    world.add(CANARY);
    List<Map<String, String>> forged =
        List.of(
            Map.of("sec-fetch-site", "cross-site", "origin", "https://evil.example"),
            Map.of("sec-fetch-site", "same-site", "origin", "https://x.acme.example"),
            Map.of("sec-fetch-site", "", "origin", "https://evil.example"),
            Map.of("sec-fetch-site", "", "origin", "null"),
            Map.of("sec-fetch-site", "", "origin", "http://" + World.HOST),
            Map.of("sec-fetch-site", "", "origin", ""),
            Map.of("sec-fetch-site", "none"),
            Map.of("cookie", ""),
            Map.of("cookie", "__Host-slipway=ffffffffffffffffffffffffffffffff"),
            Map.of("cookie", "slipway=" + World.TOKEN),
            Map.of("x-forwarded-host", "evil.example", "origin", "https://evil.example"),
            Map.of("sec-fetch-site", "", "origin", "", "cookie", ""));

    for (Map<String, String> headers : forged) {
      Reply reply = world.form("dora@acme.example", COMMANDS, PAUSE, headers);

      assertThat(reply.status()).as(headers.toString()).isEqualTo(403);
    }
    assertThat(world.handedIn).isEmpty();
  }

  @Test
  void fault47_aFormWithoutItsTokenIsRefused() {
    world.add(CANARY);

    for (String form : List.of("kind=PAUSE&reason=r", "kind=PAUSE&reason=r&token=", "")) {
      assertThat(world.form("dora@acme.example", COMMANDS, form, Map.of()).status())
          .isEqualTo(403);
    }
    assertThat(world.handedIn).isEmpty();
  }

  @Test
  void aViewerMayAskForNothingAndSeesNoButton() {
    world.add(CANARY);

    Reply page = world.as("vic@acme.example", "/releases/" + Samples.ID);
    Reply reply = world.form("vic@acme.example", COMMANDS, PAUSE, Map.of());

    assertThat(page.text()).doesNotContain("<form", "<button");
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.text()).contains("wants a deployer");
    assertThat(world.handedIn).isEmpty();
  }

  @Test
  void onlyWhatMeansSomethingNowHasAButton() {
    world.add(CANARY);
    String canary = world.as("dora@acme.example", "/releases/" + Samples.ID).text();
    world.add(new Stage.Rejected(Samples.FINDINGS));
    String rejected = world.as("dora@acme.example", "/releases/" + Samples.ID).text();

    assertThat(canary).contains("value=\"PAUSE\"", "value=\"ROLLBACK\"").doesNotContain("RESUME");
    assertThat(rejected).doesNotContain("<form");
  }

  @Test
  void whatMeansNothingNowIsRefusedAndNotHandedIn() {
    world.add(new Stage.Rejected(Samples.FINDINGS));

    Reply reply = world.form("dora@acme.example", COMMANDS, PAUSE, Map.of());

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.text()).contains("PAUSE of " + Samples.ID + " is refused: only a canary can be paused");
    assertThat(world.handedIn).isEmpty();
  }

  @Test
  void aCommandWantsAReasonAndAKindThatThereIs() {
    world.add(CANARY);

    for (String body :
        List.of(
            "{\"kind\":\"PAUSE\",\"reason\":\" \"}",
            "{\"kind\":\"PAUSE\"}",
            "{\"kind\":\"DANCE\",\"reason\":\"r\"}",
            "{\"kind\":\"PAUSE\",\"reason\":\"%s\"}".formatted("r".repeat(501)),
            "null",
            "[]",
            "")) {
      assertThat(world.json("dora@acme.example", API_COMMANDS, body).status())
          .as(body)
          .isEqualTo(400);
    }
    assertThat(world.handedIn).isEmpty();
  }

  @Test
  void aPageGivesABrowserTheTokenItsFormsBring() {
    world.add(CANARY);

    Reply reply = world.as("dora@acme.example", "/releases/" + Samples.ID);

    String cookie = reply.headers().getOrDefault("set-cookie", "");
    assertThat(cookie)
        .matches("__Host-slipway=[A-Za-z0-9_-]{32}; Path=/; HttpOnly; SameSite=Strict; Secure");
    assertThat(reply.text()).contains("value=\"" + cookie.substring(15, 47) + "\"");
  }

  @Test
  void whatABrowserHasAlreadyIsNotSentAgain() {
    world.add(CANARY);
    Map<String, String> headers =
        Map.of("x-user", "vic@acme.example", "cookie", "__Host-slipway=" + World.TOKEN);
    String tag =
        world.answer(new Request("GET", "/", Map.of(), headers, "")).headers().get("etag");

    Reply again =
        world.answer(
            new Request(
                "GET",
                "/",
                Map.of(),
                Map.of(
                    "x-user", "vic@acme.example",
                    "cookie", "__Host-slipway=" + World.TOKEN,
                    "if-none-match", tag),
                ""));

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.text()).isEmpty();
  }

  @Test
  void everyAddressOfAPageIsRelativeToWhereverTheFunctionIs() {
    world.add(CANARY);

    String page = world.as("dora@acme.example", "/releases/" + Samples.ID).text();

    assertThat(page)
        .contains(
            "href=\"../assets/", "href=\"../services/hello\"", "action=\"../releases/" + Samples.ID)
        .doesNotContain("href=\"/", "action=\"/", "src=\"/");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(world.get("/api/releases/hello-ffffffffffff").status()).isEqualTo(404);
    assertThat(world.get("/releases/hello-ffffffffffff").status()).isEqualTo(404);
    assertThat(world.get("/services/nobody").status()).isEqualTo(404);
    assertThat(world.get("/api/nothing").text()).contains("\"error\"");
    assertThat(world.get("/assets/../console.css").status()).isEqualTo(404);
    assertThat(world.get("/api/releases/<script>").status()).isEqualTo(400);
    assertThat(world.get("/api/releases", Map.of("limit", "1001")).status()).isEqualTo(400);
    assertThat(world.get("/api/releases", Map.of("limit", "many")).status()).isEqualTo(400);
  }

  @Test
  void releasesArePaged() {
    world.add(CANARY);

    var unused =
        world.get(
            "/api/releases",
            Map.of("limit", "1", "service", "hello", "before", Samples.OTHER.toString()));

    assertThat(world.selections.getLast().limit()).isEqualTo(1);
    assertThat(world.selections.getLast().service()).contains(Samples.HELLO);
    assertThat(world.selections.getLast().before()).contains(Samples.OTHER);
  }
}
