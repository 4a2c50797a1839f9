package dev.slipway.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.console.http.Reply;
import dev.slipway.json.Json;
import dev.slipway.release.Crate;
import dev.slipway.release.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asking what a release would do. */
final class PlansTest {

  private static final String CRATE = Json.write(Samples.CRATE, Crate.class);

  private final World world = new World();

  @Test
  void whoMayLookMayPlanAndNothingComesOfIt() {
    Reply reply = world.json("vic@acme.example", "/api/plans", CRATE);

    assertThat(reply.status()).isEqualTo(200);
    JsonObject plan = JsonParser.parseString(reply.text()).getAsJsonObject();
    assertThat(plan.get("service").getAsString()).isEqualTo("hello");
    assertThat(plan.getAsJsonArray("moves")).isNotEmpty();
    assertThat(world.planned).containsExactly(Samples.CRATE);
    assertThat(world.planners).containsExactly("vic@acme.example");
    assertThat(world.handedIn).isEmpty();
  }

  @Test
  void whoMayNotLookMayNotPlan() {
    Reply reply = world.json("eve@elsewhere.example", "/api/plans", CRATE);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(world.planned).isEmpty();
  }

  @Test
  void aPageElsewhereCannotAsk() {
    Reply reply =
        world.form(
            "dora@acme.example", "/api/plans", CRATE, java.util.Map.of("content-type", "text/plain"));

    assertThat(reply.status()).isEqualTo(403);
    assertThat(world.planned).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{}", "7", "{\"service\":\"NOT A NAME\"}"})
  void whatDescribesNoCrateIsRefused(String body) {
    Reply reply = world.json("vic@acme.example", "/api/plans", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains("description of a crate");
    assertThat(world.planned).isEmpty();
  }

  @Test
  void whatLeavesSomethingOutIsRefusedByItsName() {
    JsonObject crate = JsonParser.parseString(CRATE).getAsJsonObject();
    crate.remove("binary");

    Reply reply = world.json("vic@acme.example", "/api/plans", crate.toString());

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains("binary");
  }
}
