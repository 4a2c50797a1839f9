package dev.slipway.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import dev.slipway.local.server.CloudServer;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.state.State;
import dev.slipway.local.time.VirtualTime;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RulesTest {

  @TempDir Path folder;

  private final VirtualTime time = new VirtualTime(Instant.EPOCH);

  @Test
  void theSameSeedStrikesTheSameCallsAndAnotherSeedOthers() {
    assertThat(strikes(new Odds(0, 1, 0.3, 7))).isEqualTo(strikes(new Odds(0, 1, 0.3, 7)));
    assertThat(strikes(new Odds(0, 1, 0.3, 7))).isNotEqualTo(strikes(new Odds(0, 1, 0.3, 8)));
    assertThat(strikes(new Odds(0, 1, 0.3, 7))).hasSizeBetween(200, 400);
  }

  private static List<Long> strikes(Odds odds) {
    List<Long> strikes = new ArrayList<>();
    for (long seen = 1; seen <= 1000; seen++) {
      if (odds.strike(seen, strikes.size())) {
        strikes.add(seen);
      }
    }
    return strikes;
  }

  @ParameterizedTest
  @CsvSource({
    "rpc:a.B/C, a.B/C, true",
    "rpc:a.B/C, a.B/CD, false",
    "rpc:a.B/*, a.B/CD, true",
    "rpc:*/C, a.B/C, true",
    "rpc:*, anything, true",
    "rpc:a.*/C*, a.B/CD, true",
    "rpc:a.*/C*, aXB/CD, false",
    "http:a, a, false"
  })
  void aPatternCoversWhatItSays(String where, String name, boolean covered) {
    assertThat(Where.parse(where).covers(Place.RPC, name)).isEqualTo(covered);
  }

  @Test
  void rulesAndTheirCountsSurviveARestart() {
    try (State state = State.open(folder)) {
      Rules rules = new Rules(state);
      rules.add(Rule.of("event:*", Fault.DROP).with(new Odds(2, 1, 1, 0)));
      rules.strike(Place.EVENT, "uploads");
    }

    try (State state = State.open(folder)) {
      Rules rules = new Rules(state);

      assertThat(rules.strike(Place.EVENT, "uploads")).hasSize(1);
      assertThat(rules.strike(Place.EVENT, "uploads")).isEmpty();
      assertThat(rules.add(Rule.of("event:*", Fault.DROP)).id()).isEqualTo("000002");
    }
  }

  @Test
  void aRuleThatCannotBeIsRefusedWithWhy() {
    assertThatThrownBy(() -> Rule.of("event:uploads", Fault.TIMEOUT))
        .hasMessageContaining("event:uploads cannot timeout");
    assertThatThrownBy(() -> Rule.of("rpc:*", Fault.DROP)).hasMessageContaining("cannot drop");
    assertThatThrownBy(() -> Rule.of("disk:*", Fault.DROP)).hasMessageContaining("is no place");
    assertThatThrownBy(() -> Rule.of("rpc:", Fault.AFTER)).hasMessageContaining("which rpc?");
    assertThatThrownBy(() -> Rule.of("rpc:*", Fault.AFTER).answering("OK"))
        .hasMessageContaining("OK is no failure");
    assertThatThrownBy(() -> Rule.of("http:*", Fault.AFTER).answering("200"))
        .hasMessageContaining("200 is no failure");
    assertThatThrownBy(() -> new Odds(0, 0, 1, 0)).hasMessageContaining("every is 1 or more");
    assertThatThrownBy(() -> new Odds(0, 1, Double.NaN, 0)).hasMessageContaining("0 to 1");
  }

  @Test
  void rulesAreGivenListedAndTakenBackOverHttp() throws Exception {
    try (State state = State.inMemory(folder)) {
      Chaos chaos = new Chaos(state, time);
      Endpoints endpoints = Endpoints.free();
      try (CloudServer server = CloudServer.start(endpoints, List.of(chaos), chaos)) {
        URI rules = URI.create(server.endpoints().http() + "/chaos/rules");

        var added =
            send(
                HttpRequest.newBuilder(rules)
                    .POST(
                        BodyPublishers.ofString(
                            """
                            {"where": "rpc:google.cloud.run.v2.*", "fault": "timeout",
                             "duration": "PT2M", "times": 1}
                            """)));
        var refused =
            send(
                HttpRequest.newBuilder(rules)
                    .POST(BodyPublishers.ofString("{\"where\":\"rpc:*\",\"fault\":\"drop\"}")));
        var unknown =
            send(
                HttpRequest.newBuilder(rules)
                    .POST(
                        BodyPublishers.ofString(
                            "{\"where\":\"rpc:*\",\"fault\":\"after\",\"tims\":1}")));
        JsonArray listed =
            JsonParser.parseString(send(HttpRequest.newBuilder(rules)).body()).getAsJsonArray();

        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("cannot drop");
        assertThat(unknown.body()).contains("'tims' is no field");
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).getAsJsonObject().get("duration").getAsString())
            .isEqualTo("PT2M");
        assertThat(chaos.rules().getFirst().rule())
            .isEqualTo(
                Rule.of("rpc:google.cloud.run.v2.*", Fault.TIMEOUT)
                    .lasting(Duration.ofMinutes(2))
                    .with(new Odds(1, 1, 1, 0)));

        URI one = URI.create(rules + "/000001");
        assertThat(send(HttpRequest.newBuilder(one).DELETE()).statusCode()).isEqualTo(200);
        assertThat(send(HttpRequest.newBuilder(one).DELETE()).statusCode()).isEqualTo(404);
        assertThat(chaos.rules()).isEmpty();
      }
    }
  }

  @Test
  void aRestartNobodyWouldCarryOutIsRefused() throws Exception {
    try (State state = State.inMemory(folder)) {
      Chaos chaos = new Chaos(state, time);
      try (CloudServer server = CloudServer.start(Endpoints.free(), List.of(chaos), chaos)) {
        URI restart = URI.create(server.endpoints().http() + "/chaos/restart");

        var answer =
            send(HttpRequest.newBuilder(restart).POST(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(409);
      }
    }
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }
}
