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
 */
public record SlackWorkspace(String token, Set<String> channels, Set<String> webhooks) {

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
