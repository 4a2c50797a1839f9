package dev.slipway.local.slack;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message in a channel, with all it ever said.
 *
 * @param channel the channel's name
 * @param ts its id in the channel, as {@code 1767225600.000100}
 * @param threadTs the message it answers to, if any
 * @param metadata what its app attached to it, as JSON, if anything
 * @param versions what it said first, then after each edit
 */
public record SlackMessage(
    String channel,
    String ts,
    @Nullable String threadTs,
    @Nullable String metadata,
    List<Version> versions) {

  /**
   * What a message said from {@code at} on.
   *
   * @param blocks Block Kit JSON, {@code []} where there are none
   */
  public record Version(Instant at, String text, String blocks) {}

  public SlackMessage {
    versions = List.copyOf(versions);
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("a message says something");
    }
  }

  /** What it says now. */
  public Version now() {
    return versions.getLast();
  }

  public int edits() {
    return versions.size() - 1;
  }

  SlackMessage edited(Version version) {
    List<Version> more = new ArrayList<>(versions);
    more.add(version);
    return new SlackMessage(channel, ts, threadTs, metadata, more);
  }
}
