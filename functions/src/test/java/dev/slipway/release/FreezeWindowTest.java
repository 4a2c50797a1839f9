package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.PolicyDocument;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When a freeze is on, and until when. 2026-01-01 is a Thursday. */
final class FreezeWindowTest {

  private static String until(String windows, String now) {
    return FreezeWindow.on(PolicyDocument.read("freeze: " + windows).freeze(), Instant.parse(now))
        .map(frozen -> frozen.name() + " " + frozen.until())
        .orElse("");
  }

  @Test
  void aWindowOnDaysLastsFromMidnightToMidnightOfItsZone() {
    String weekend = "[{name: weekend, days: [saturday, sunday], zone: Europe/Berlin}]";

    assertThat(until(weekend, "2026-01-02T22:59:59Z")).isEmpty();
    assertThat(until(weekend, "2026-01-02T23:00:00Z"))
        .as("both days in one")
        .isEqualTo("weekend 2026-01-04T23:00:00Z");
    assertThat(until(weekend, "2026-01-04T23:00:00Z")).isEmpty();
  }

  @Test
  void aWindowOverMidnightBelongsToTheDayItBeginsOn() {
    String fridays = "[{name: friday night, days: [friday], from: '18:00', to: '08:00'}]";

    assertThat(until(fridays, "2026-01-02T17:59:00Z")).isEmpty();
    assertThat(until(fridays, "2026-01-02T18:00:00Z"))
        .isEqualTo("friday night 2026-01-03T08:00:00Z");
    assertThat(until(fridays, "2026-01-03T07:59:00Z"))
        .isEqualTo("friday night 2026-01-03T08:00:00Z");
    assertThat(until(fridays, "2026-01-03T18:30:00Z")).isEmpty();
  }

  @Test
  void datesAreInclusive() {
    String christmas = "[{name: x, firstDay: 2026-12-20, lastDay: 2027-01-06}]";

    assertThat(until(christmas, "2026-12-19T23:59:59Z")).isEmpty();
    assertThat(until(christmas, "2026-12-20T00:00:00Z")).isEqualTo("x 2027-01-07T00:00:00Z");
    assertThat(until(christmas, "2027-01-06T23:59:59Z")).isEqualTo("x 2027-01-07T00:00:00Z");
  }

  @Test
  void windowsThatFollowOnAreOne() {
    String both = "[{name: a, lastDay: 2026-01-02}, {name: b, days: [saturday]}]";

    assertThat(until(both, "2026-01-01T12:00:00Z")).isEqualTo("a 2026-01-04T00:00:00Z");
  }

  @Test
  void aDayWithAnHourMoreIsFrozenWhole() {
    String sunday = "[{name: s, days: [sunday], zone: Europe/Berlin}]";

    assertThat(until(sunday, "2026-10-25T22:30:00Z")).isEqualTo("s 2026-10-25T23:00:00Z");
  }
}
