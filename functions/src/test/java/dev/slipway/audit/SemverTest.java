package dev.slipway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SemverTest {

  private static Semver semver(String text) {
    return Semver.parse(text).orElseThrow();
  }

  @Test
  void versionsAreInTheOrderOfTheStandard() {
    List<String> rising =
        List.of(
            "0.0.0-0",
            "0.9.0",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.9.0",
            "1.10.0");

    for (int i = 0; i < rising.size(); i++) {
      for (int j = 0; j < rising.size(); j++) {
        assertThat(Integer.signum(semver(rising.get(i)).compareTo(semver(rising.get(j)))))
            .as(rising.get(i) + " and " + rising.get(j))
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @Test
  void buildMetadataDoesNotCount() {
    assertThat(semver("1.0.0+a").compareTo(semver("1.0.0+b"))).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1.2", "v1.2.3", "1.2.3-", "1.2.3 ", ""})
  void whatIsNoVersionIsNone(String text) {
    assertThat(Semver.parse(text)).isEmpty();
  }
}
