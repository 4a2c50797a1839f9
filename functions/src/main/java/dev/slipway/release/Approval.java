package dev.slipway.release;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Whose consent a rollout needs.
 *
 * @param approvers the people whose word counts, as their commands name them; none: no consent is
 *     needed
 * @param quorum how many of them must approve
 * @param timeout after which a release nobody approved is cancelled
 */
public record Approval(
    @Setting(
            "the people whose approval counts, named as their commands name them, whatever the"
                + " case; none: no approval is asked for")
        List<String> approvers,
    @Setting(value = "how many of them must approve", min = 1, max = 100) int quorum,
    @Setting("after it, a release that was not approved is cancelled") Duration timeout) {

  /** Nobody is asked. */
  public static final Approval DEFAULT = new Approval(List.of(), 1, Duration.ofDays(1));

  public Approval {
    approvers = List.copyOf(approvers);
    Positive.require("timeout", timeout);
    if (approvers.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("an approver has no name: " + approvers);
    }
    long people = approvers.stream().map(Approval::folded).distinct().count();
    if (!approvers.isEmpty() && (quorum < 1 || quorum > people)) {
      throw new IllegalArgumentException(
          "a quorum of %d cannot come from %d approvers".formatted(quorum, people));
    }
  }

  /** Whether a rollout needs consent at all. */
  public boolean isAsked() {
    return !approvers.isEmpty();
  }

  /** Whether these votes are consent enough. */
  boolean isGivenBy(List<Vote> votes) {
    return votes.stream().filter(vote -> names(approvers, vote.by())).count() >= quorum;
  }

  /** Whether {@code person} is among {@code people}, whatever the case. */
  static boolean names(List<String> people, String person) {
    return people.stream().anyMatch(each -> folded(each).equals(folded(person)));
  }

  /** Someone who asks from Slack is known by id: {@code slack:U0123 (ana)} is {@code slack:u0123}. */
  private static String folded(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replaceFirst("^(slack:[a-z0-9]+) \\(.*\\)$", "$1");
  }
}
