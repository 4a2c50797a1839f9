package dev.slipway.notify;

import dev.slipway.release.Command;
import java.util.HashSet;
import java.util.Set;

/**
 * What a team lets be done by clicks.
 *
 * @param reasons what is not done without one
 * @param people ids of those who may click; none for everyone who sees the message
 */
public record Clicks(Set<Command.Kind> reasons, Set<String> people) {

  public Clicks {
    reasons = Set.copyOf(reasons);
    people = Set.copyOf(people);
  }

  /** The same, where more is not done without a reason. */
  public Clicks reasoned(Set<Command.Kind> more) {
    Set<Command.Kind> all = new HashSet<>(reasons);
    all.addAll(more);
    return new Clicks(all, people);
  }

  boolean lets(Interaction.User user) {
    return people.isEmpty() || people.contains(user.id());
  }
}
