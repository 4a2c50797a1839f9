package dev.slipway.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.release.Regions;
import dev.slipway.release.Rollout;
import dev.slipway.release.Samples;
import dev.slipway.release.Stage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service in several regions, as the page and its API show it. */
final class RegionsTest {

  private static final String FIRST = "europe-west1";
  private static final String SECOND = "us-central1";
  private static final String THIRD = "asia-east1";

  private final World world = new World();

  @BeforeEach
  void inThree() {
    world.regions = List.of(FIRST, SECOND, THIRD);
    world.add(canaryInTheSecond());
  }

  private static Stage canaryInTheSecond() {
    Regions walk =
        new Regions(
            List.of(
                new Regions.Leg(
                    FIRST, Optional.of(Samples.OTHER.revision()), Optional.of(Samples.NOW))),
            Optional.of(SECOND),
            List.of(THIRD),
            true);
    Rollout rollout =
        new Rollout(
            Samples.ID.revision(), Optional.of(Samples.OTHER.revision()), 8, Optional.of(walk));
    return new Stage.Canary(rollout, 0, 10, Samples.NOW);
  }

  @Test
  void eachRegionsTrafficAndStageIsOnTheReleasesPage() {
    String html = world.get("/releases/" + Samples.ID).text();

    assertThat(html)
        .containsSubsequence(
            "<b>" + FIRST + "</b>", "serves", "https://" + FIRST + ".hello.example", "<svg",
            "<b>" + SECOND + "</b>", "canary, 10 %", "https://" + SECOND + ".hello.example", "<svg",
            "<b>" + THIRD + "</b>", "ahead", "https://" + THIRD + ".hello.example", "<svg");
  }

  @Test
  void eachRegionIsOnTheServicesPageAndOnTheFirst() {
    assertThat(world.get("/services/hello").text())
        .containsSubsequence(FIRST, "serves", SECOND, "canary, 10 %", THIRD, "ahead");
    assertThat(world.get("/").text())
        .containsSubsequence("<b>" + FIRST + "</b>", "<b>" + SECOND + "</b>", "<b>" + THIRD + "</b>");
  }

  @Test
  void aRegionThatDoesNotAnswerDoesNotKeepTheOthersFromBeingShown() {
    world.silent = List.of(SECOND);

    assertThat(world.get("/services/hello").text())
        .containsSubsequence(FIRST, "<svg", SECOND, "Nothing serves it yet", THIRD, "<svg");
  }

  @Test
  void theApiTellsOfEachRegion() {
    JsonObject answer =
        JsonParser.parseString(world.get("/api/services/hello").text()).getAsJsonObject();

    JsonArray regions = answer.getAsJsonArray("regions");
    assertThat(regions).hasSize(3);
    JsonObject second = regions.get(1).getAsJsonObject();
    assertThat(second.get("region").getAsString()).isEqualTo(SECOND);
    assertThat(second.get("revision").getAsString()).isEqualTo(Samples.OTHER.revision());
    assertThat(second.get("release").getAsString()).isEqualTo(Samples.ID.toString());
    assertThat(second.getAsJsonObject("stand").get("standing").getAsString()).isEqualTo("CANARY");
    assertThat(second.getAsJsonObject("stand").get("percent").getAsInt()).isEqualTo(10);
    assertThat(second.getAsJsonObject("traffic").getAsJsonArray("shares")).hasSize(2);
    assertThat(answer.get("traffic"))
        .as("as before: the environment's own")
        .isEqualTo(regions.get(0).getAsJsonObject().get("traffic"));
  }

  @Test
  void theApiTellsHowFarAReleaseIsInEachRegion() {
    JsonArray regions =
        JsonParser.parseString(world.get("/api/releases/" + Samples.ID).text())
            .getAsJsonObject()
            .getAsJsonArray("regions");

    assertThat(regions.asList())
        .extracting(each -> each.getAsJsonObject().get("standing").getAsString())
        .containsExactly("SERVES", "CANARY", "AHEAD");
  }

  @Test
  void oneRegionHasNoName() {
    world.regions = List.of();

    JsonObject answer =
        JsonParser.parseString(world.get("/api/services/hello").text()).getAsJsonObject();

    assertThat(answer.getAsJsonArray("regions")).isEmpty();
    assertThat(world.get("/services/hello").text()).doesNotContain(FIRST).contains("<svg");
  }
}
