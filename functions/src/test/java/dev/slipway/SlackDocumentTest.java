package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.notify.QuietHours;
import dev.slipway.notify.Routes;
import dev.slipway.notify.Severity;
import dev.slipway.release.Command;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SlackDocumentTest {

  private static final String WHOLE =
      """
      homes:
        - {services: ["pay-*", checkout], channel: C0PAY}
      alerts:
        - {severity: warning, stages: [rolled-back, failed], channel: C0ONCALL}
        - {services: [checkout], channel: C0SHOP}
      quietHours: {from: 22:00, to: "07:00", zone: Europe/Berlin, below: warning}
      reasons: [rollback, cancel]
      people: [U0ANA, W0BOB]
      buttons: true
      """;

  @Test
  void aWholeDocumentIsRead() {
    SlackDocument document = SlackDocument.read(WHOLE, "C0ALL");

    assertThat(document.routes().channel()).isEqualTo("C0ALL");
    assertThat(document.routes().homes())
        .containsExactly(
            new Routes.Home(new Routes.Services(List.of("pay-*", "checkout")), "C0PAY"));
    assertThat(document.routes().alerts())
        .containsExactly(
            new Routes.Alert(
                new Routes.Services(List.of()),
                Severity.WARNING,
                Set.of("rolled-back", "failed"),
                "C0ONCALL"),
            new Routes.Alert(
                new Routes.Services(List.of("checkout")), Severity.ERROR, Set.of(), "C0SHOP"));
    assertThat(document.routes().quiet())
        .contains(
            new QuietHours(
                LocalTime.of(22, 0),
                LocalTime.of(7, 0),
                ZoneId.of("Europe/Berlin"),
                Severity.WARNING));
    assertThat(document.clicks().reasons())
        .containsExactlyInAnyOrder(Command.Kind.ROLLBACK, Command.Kind.CANCEL);
    assertThat(document.clicks().people()).containsExactlyInAnyOrder("U0ANA", "W0BOB");
    assertThat(document.buttons()).contains(true);
  }

  @Test
  void everythingCanBeLeftOut() {
    SlackDocument document = SlackDocument.read("{}", "C0ALL");

    assertThat(document.routes()).isEqualTo(Routes.to("C0ALL"));
    assertThat(document.clicks().people()).isEmpty();
    assertThat(document.buttons()).isEmpty();
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceWithWhatWasMeant() {
    String wrong =
        """
        home: []
        homes: [{services: [A_B]}, {channel: "#general"}]
        alerts: [{severity: fatal, stages: [rolledback], chanel: C0X}]
        quietHours: {from: "25:00", to: "07:00", zone: Mars/Olympus}
        reasons: [rolback]
        people: ["@ana"]
        buttons: maybe
        """;

    assertThatThrownBy(() -> SlackDocument.read(wrong, "C0ALL"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("`home` is no setting: did you mean `homes`?")
        .hasMessageContaining("'A_B' is no service's name or pattern")
        .hasMessageContaining("`homes[0].channel` is missing")
        .hasMessageContaining("`homes[1].services` is missing")
        .hasMessageContaining("a channel's id, such as C0123456789")
        .hasMessageContaining("it must be one of info, warning, error")
        .hasMessageContaining("'rolledback' is none of")
        .hasMessageContaining("did you mean `channel`?")
        .hasMessageContaining("`quietHours.from`")
        .hasMessageContaining("a time zone such as Europe/Berlin")
        .hasMessageContaining("'rolback' is none of")
        .hasMessageContaining("'@ana' is no user's id")
        .hasMessageContaining("`buttons`");
    assertThatThrownBy(() -> SlackDocument.read("[]", "C0ALL"))
        .hasMessageContaining("it is no table");
    assertThatThrownBy(() -> SlackDocument.read("{", "C0ALL"))
        .hasMessageContaining("Tried to read the Slack settings");
  }

  @Test
  void aWebhookHasOneChannel() {
    assertThatThrownBy(() -> SlackDocument.read(WHOLE, "").ofOneChannel())
        .hasMessageContaining("need a bot's token");
    assertThat(SlackDocument.read("{}", "").ofOneChannel()).isNotNull();
  }
}
