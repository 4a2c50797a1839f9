package dev.slipway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Finding;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.Upload;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JsonApiTest {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final ReleaseId ID = ReleaseId.parse("hello-0123456789ab");
  private static final ReleaseEvent EVENT =
      new ReleaseEvent.Rejected(
          new Upload("uploads", "hello.zip", 7), 12, List.of(Finding.of("empty", "it is empty")));

  private int asked;

  private final JsonApi api =
      new JsonApi(
          new Ask() {
            @Override
            public List<ServiceRecord> services() {
              return List.of(ServiceRecord.unknown(new ServiceName("hello")));
            }

            @Override
            public List<Release> releases(int limit) {
              asked = limit;
              return List.of(Release.begin(ID, EVENT, AT));
            }

            @Override
            public Optional<Whole> release(ReleaseId id) {
              return id.equals(ID)
                  ? Optional.of(
                      new Whole(
                          Release.begin(ID, EVENT, AT),
                          List.of(new Event(1, AT, "slipway", EVENT))))
                  : Optional.empty();
            }
          });

  private Answer get(String path) {
    return api.answer("GET", path, Optional.empty());
  }

  @Test
  void servicesAreListed() {
    assertThat(get("/api/services").body().toString()).contains("\"name\":\"hello\"");
  }

  @Test
  void releasesAreListedUpToTheLimit() {
    Answer answer = api.answer("GET", "/api/releases", Optional.of("3"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(asked).isEqualTo(3);
    assertThat(answer.body().getAsJsonArray().get(0).getAsJsonObject().get("id").getAsString())
        .isEqualTo("hello-0123456789ab");
  }

  @Test
  void aLimitThatIsNoneIsRefused() {
    for (String limit : List.of("0", "-1", "many", "1001", "99999999999")) {
      assertThat(api.answer("GET", "/api/releases", Optional.of(limit)).status()).isEqualTo(400);
    }
  }

  @Test
  void aReleaseIsShownWithItsEvents() {
    assertThat(get("/api/releases/hello-0123456789ab").body().toString())
        .contains("\"actor\":\"slipway\"", "\"type\":\"Rejected\"", "it is empty");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(get("/api/releases/hello-ffffffffffff").status()).isEqualTo(404);
    assertThat(get("/api/nothing").status()).isEqualTo(404);
    assertThat(get("/").status()).isEqualTo(404);
  }

  @Test
  void whatIsNoReleaseIdIsRefused() {
    assertThat(get("/api/releases/<script>").status()).isEqualTo(400);
  }

  @Test
  void nothingCanBeChanged() {
    assertThat(api.answer("POST", "/api/releases", Optional.empty()).status()).isEqualTo(405);
    assertThat(api.answer("DELETE", "/api/services", Optional.empty()).status()).isEqualTo(405);
  }
}
