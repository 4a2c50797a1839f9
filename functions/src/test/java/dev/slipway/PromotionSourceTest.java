package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PromotionSourceTest {

  @Test
  void aSourceIsRead() {
    assertThat(
            PromotionSource.read(
                "{name: staging, project: acme-staging, database: payments,"
                    + " repository: europe-west1-docker.pkg.dev/acme-staging/payments,"
                    + " page: 'https://staging.example/'}"))
        .isEqualTo(
            new PromotionSource(
                "staging",
                "acme-staging",
                "payments",
                "europe-west1-docker.pkg.dev/acme-staging/payments",
                Optional.of("https://staging.example"),
                Optional.empty()));
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    assertThatThrownBy(() -> PromotionSource.read("{name: Staging, projekt: x, page: nowhere}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name")
        .hasMessageContaining("`project` is missing")
        .hasMessageContaining("`database` is missing")
        .hasMessageContaining("`repository` is missing")
        .hasMessageContaining("page")
        .hasMessageContaining("`projekt` is no setting");
  }
}
