package dev.slipway;

import dev.slipway.notify.Announcer;
import dev.slipway.notify.Dialogs;
import dev.slipway.notify.PatientAnnouncer;
import dev.slipway.notify.SlackAnnouncer;
import dev.slipway.notify.WebhookAnnouncer;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;

/** Slack, as a bot or through a webhook: whichever the settings say. */
record SlackPorts(Settings settings, GoogleClients clients, Clock clock) {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Slack takes a dialog within three seconds of the click. */
  private static final Duration DIALOG_TIMEOUT = Duration.ofMillis(2500);

  Announcer announcer() {
    Announcer slack =
        switch (access()) {
          case SlackSettings.Bot bot -> new SlackAnnouncer(clients.slack(bot, TIMEOUT));
          case SlackSettings.Webhook webhook ->
              new WebhookAnnouncer(http(), webhook.url(), TIMEOUT);
        };
    return new PatientAnnouncer(slack, clock, Waiting::pause);
  }

  Dialogs dialogs() {
    return switch (access()) {
      case SlackSettings.Bot bot -> new SlackAnnouncer(clients.slack(bot, DIALOG_TIMEOUT));
      case SlackSettings.Webhook webhook ->
          throw new IllegalStateException(
              "Tried to open a dialog in Slack but %s is not set."
                  .formatted(Settings.SLACK_TOKEN));
    };
  }

  private SlackSettings.Access access() {
    return settings
        .slack()
        .map(SlackSettings::access)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Tried to announce a release but neither %s and %s nor %s are set."
                        .formatted(
                            Settings.SLACK_CHANNEL,
                            Settings.SLACK_TOKEN,
                            Settings.SLACK_WEBHOOK)));
  }

  private static HttpClient http() {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(TIMEOUT)
        .build();
  }
}
