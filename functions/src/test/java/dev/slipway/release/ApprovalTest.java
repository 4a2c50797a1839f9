package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ApprovalTest {

  @Test
  void whoAsksFromSlackIsKnownByIdWhateverTheirNameIs() {
    List<String> people = List.of("slack:U0ANA", "ben");

    assertThat(Approval.names(people, "slack:U0ANA (ana)")).isTrue();
    assertThat(Approval.names(people, "slack:U0ANA (anybody else)")).isTrue();
    assertThat(Approval.names(people, "slack:U0EVE (slack:U0ANA (ana))")).isFalse();
    assertThat(Approval.names(people, "slack:U0EVE (ben)")).isFalse();
    assertThat(Approval.names(List.of("slack:U0ANA (ana)"), "slack:u0ana (renamed)")).isTrue();
    assertThat(Approval.names(people, "BEN ")).isTrue();
  }
}
