package dev.slipway.cli.env;

import com.google.gson.Gson;
import dev.slipway.SlackDocument;
import dev.slipway.release.Fields;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads how an environment tells Slack: as a bot or through a webhook, with the routes read by the
 * code that obeys them.
 */
final class SlackFields {

  private static final Pattern CHANNEL = Pattern.compile("[CG][A-Z0-9]{2,}");
  private static final String NUMBER = "a version's number in quotes";

  private final Fields fields;
  private final Map<?, ?> values;

  SlackFields(Fields fields, Map<?, ?> values) {
    this.fields = fields;
    this.values = values;
  }

  void read() {
    boolean webhook = fields.has("webhook_version");
    if (webhook) {
      refuseBesides("channel");
      refuseBesides("token_version");
      refuseBesides("signing_version");
    } else {
      fields.require("channel").require("token_version");
    }
    EnvironmentFields.text(fields, "channel", CHANNEL, "a channel's id, as C0123456789");
    for (String version : new String[] {"token_version", "webhook_version", "signing_version"}) {
      EnvironmentFields.text(fields, version, EnvironmentFields.VERSION, NUMBER);
    }
    EnvironmentFields.integer(fields, "min_instances", 0, 10);
    if (fields.has("min_instances") && !fields.has("signing_version")) {
      fields.reject("min_instances", "they are of the function that takes clicks: set signing_version");
    }
    routes(webhook);
  }

  private void refuseBesides(String key) {
    if (fields.has(key)) {
      fields.reject(key, "a webhook has none: set it, or webhook_version");
    }
  }

  private void routes(boolean webhook) {
    if (!fields.has("routes")) {
      return;
    }
    try {
      SlackDocument.check(new Gson().toJson(values.get("routes")), webhook);
    } catch (IllegalArgumentException e) {
      fields.reject("routes", String.valueOf(e.getMessage()));
    }
  }
}
