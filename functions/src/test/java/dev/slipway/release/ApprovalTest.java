package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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

  @Test
  void aQuorumOfTwoNeedsTwoPersonsWhereverTheyAsk() {
    Approval two =
        new Approval(
            List.of("ana@example.com = slack:U0ANA", "ben@example.com"), 2, Duration.ofDays(1));

    assertThat(two.isGivenBy(List.of(vote("ana@example.com"), vote("slack:U0ANA (ana)"))))
        .isFalse();
    assertThat(two.isGivenBy(List.of(vote("slack:U0ANA (ana)"), vote("Ben@example.com"))))
        .isTrue();
    assertThat(People.DEFAULT.trusting(two).roleOf("ana@example.com")).contains(Role.APPROVER);
  }

  @Test
  void whoApprovedOnThePageCannotApproveAgainInSlack() {
    Release asked =
        Samples.release(
                new Stage.AwaitingApproval(
                    List.of("ana@example.com = slack:U0ANA", "ben@example.com"),
                    2,
                    Samples.NOW.plusSeconds(60)))
            .on(new ReleaseEvent.Approved("ana@example.com", ""), Samples.NOW);
    Command again =
        new Command(Command.Kind.APPROVE, asked.id(), "slack:U0ANA (ana)", "");

    assertThat(again.outcome(asked, ServiceRecord.unknown(Samples.HELLO)))
        .isEqualTo(new Command.Outcome.Refuse("slack:U0ANA (ana) has approved it already"));
  }

  @Test
  void aQuorumOfSeveralIsNotTakenWhereTwoEntriesMayBeOnePerson() {
    assertThatThrownBy(
            () ->
                new Approval(
                    List.of("ana@example.com", "slack:U0ANA"), 2, Duration.ofDays(1)))
        .hasMessageContaining("one entry");
    assertThatThrownBy(
            () ->
                new Approval(
                    List.of("ana@example.com = slack:U0ANA", "slack:u0ana", "ben@example.com"),
                    2,
                    Duration.ofDays(1)))
        .hasMessageContaining("two entries");
    assertThat(new Approval(List.of("ana@example.com", "slack:U0ANA"), 1, Duration.ofDays(1)))
        .isNotNull();
  }

  private static Vote vote(String by) {
    return new Vote(by, "", Samples.NOW);
  }
}
