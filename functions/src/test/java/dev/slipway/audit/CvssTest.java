package dev.slipway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CvssTest {

  @ParameterizedTest
  @CsvSource({
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, 9.8, critical",
    "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H, 9.9, critical",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H, 7.5, high",
    "CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N, 6.1, medium",
    "CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N, 1.8, low",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N, 0.0, none",
  })
  void aVectorIsRatedByItsBaseScore(String vector, double score, String rating) {
    assertThat(Cvss.score(vector)).contains(score);
    assertThat(Cvss.rating(vector)).contains(rating);
  }

  @Test
  void anotherVersionOrABrokenVectorIsNotRated() {
    assertThat(Cvss.rating("CVSS:4.0/AV:N/AC:L")).isEmpty();
    assertThat(Cvss.rating("CVSS:3.1/AV:N/AC:L")).isEmpty();
    assertThat(Cvss.rating("CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")).isEmpty();
  }
}
