package dev.slipway.local.slack;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The workspace the sink plays.
 *
 * @param token the one bearer token that is valid
 * @param channels the names of its channels, without the hash
 * @param webhooks the ids of its incoming webhooks; each posts to the channel of the same name
 * @param app who answers clicks; empty where nobody does
 */
public record SlackWorkspace(
    String token, Set<String> channels, Set<String> webhooks, Optional<App> app) {

  /**
   * The app installed in the workspace, as its settings page has it.
   *
   * @param signingSecret what the workspace signs its requests with
   * @param interactions path on the laptop cloud's HTTP port that clicks are sent to
   */
  public record App(String signingSecret, String interactions) {

    @Override
    public String toString() {
      return "App[interactions=" + interactions + "]";
    }
  }

  /** A workspace in which nobody answers clicks. */
  public SlackWorkspace(String token, Set<String> channels, Set<String> webhooks) {
    this(token, channels, webhooks, Optional.empty());
  }

  public SlackWorkspace with(App answering) {
    return new SlackWorkspace(token, channels, webhooks, Optional.of(answering));
  }

  public SlackWorkspace {
    channels = Set.copyOf(channels);
    webhooks = Set.copyOf(webhooks);
    if (!channels.containsAll(webhooks)) {
      throw new IllegalArgumentException(
          "each webhook needs a channel of its name: %s, %s".formatted(webhooks, channels));
    }
  }

  /** The id of a channel, made from its name so that it is the same at every start. */
  public static String channelId(String name) {
    return "C0%08X".formatted(name.toLowerCase(Locale.ROOT).hashCode());
  }

  /** The channel of that id, name or {@code #name}. */
  Optional<String> channel(String idOrName) {
    String name = idOrName.startsWith("#") ? idOrName.substring(1) : idOrName;
    return channels.contains(name) ? Optional.of(name) : channelById(idOrName);
  }

  /** The name of the channel of that id. */
  Optional<String> channelById(String id) {
    return channels.stream().filter(name -> channelId(name).equals(id)).findFirst();
  }
}
