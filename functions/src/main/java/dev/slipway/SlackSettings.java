package dev.slipway;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where releases are announced.
 *
 * @param signingSecret what Slack signs clicks with; never printed; empty where nobody answers them
 * @param routes a YAML or JSON document: {@link SlackDocument}
 */
public record SlackSettings(
    Access access, Optional<String> signingSecret, Optional<String> routes) {

  /** How Slack is reached. */
  public sealed interface Access {}

  /**
   * As a bot.
   *
   * @param channel channel id
   * @param token a bot token; never printed
   * @param api base URL of Slack's API, with a slash at its end
   */
  public record Bot(String channel, String token, String api) implements Access {
    @Override
    public String toString() {
      return "Bot[channel=" + channel + ", api=" + api + "]";
    }
  }

  /**
   * Through an incoming webhook, which can post to one channel and nothing else.
   *
   * @param url whoever knows it can post; never printed
   */
  public record Webhook(URI url) implements Access {
    @Override
    public String toString() {
      return "Webhook[]";
    }
  }

  @Override
  public String toString() {
    return "Slack[access=" + access + ", routes=" + routes + "]";
  }

  /** Whatever of this no log may hold. */
  List<String> secrets() {
    List<String> secrets = new ArrayList<>();
    signingSecret.ifPresent(secrets::add);
    switch (access) {
      case Bot bot -> secrets.add(bot.token());
      case Webhook webhook -> secrets.add(webhook.url().toString());
    }
    return secrets;
  }

  static Optional<SlackSettings> read(Variables variables) {
    Optional<Access> access = bot(variables).or(() -> webhook(variables));
    Optional<String> routes = variables.optional(Settings.SLACK_ROUTES);
    if (access.isEmpty() && routes.isPresent()) {
      variables.problem(Settings.SLACK_ROUTES + " is set, but neither a bot's token nor a webhook");
    }
    return access.map(
        a -> new SlackSettings(a, variables.optional(Settings.SLACK_SIGNING_SECRET), routes));
  }

  /** Who may not read Slack's secrets can still be told that there is a Slack. */
  static boolean announced(Variables variables) {
    Optional<String> said =
        variables.matching(Settings.SLACK, "true|false", "true or false");
    boolean reached =
        variables
            .optional(Settings.SLACK_TOKEN)
            .or(() -> variables.optional(Settings.SLACK_WEBHOOK))
            .isPresent();
    if (reached && said.equals(Optional.of("false"))) {
      variables.problem(Settings.SLACK + " is false, yet there is a bot's token or a webhook");
    }
    return reached || said.equals(Optional.of("true"));
  }

  private static Optional<Access> bot(Variables variables) {
    if (!variables.bothOrNone(Settings.SLACK_CHANNEL, Settings.SLACK_TOKEN)) {
      return Optional.empty();
    }
    if (variables.optional(Settings.SLACK_WEBHOOK).isPresent()) {
      variables.problem(
          Settings.SLACK_WEBHOOK + " and " + Settings.SLACK_TOKEN + " exclude each other: set one");
    }
    return Optional.of(
        new Bot(
            variables.required(Settings.SLACK_CHANNEL),
            variables.required(Settings.SLACK_TOKEN),
            variables.optional(Settings.SLACK_API).orElse("https://slack.com/api/")));
  }

  /** A problem with it does not say what it is. */
  private static Optional<Access> webhook(Variables variables) {
    Optional<String> url = variables.optional(Settings.SLACK_WEBHOOK);
    if (url.isPresent() && !url.get().matches("https?://[A-Za-z0-9.:-]+/[A-Za-z0-9/_-]+")) {
      variables.problem(
          Settings.SLACK_WEBHOOK + " must be the https:// address of an incoming webhook");
      return Optional.empty();
    }
    return url.map(URI::create).map(Webhook::new);
  }
}
