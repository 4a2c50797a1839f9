package dev.slipway.release;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whose consent a rollout needs.
 *
 * @param approvers the people whose word counts, as their commands name them, one entry a person,
 *     names of one person with {@code =} between them; none: no consent is needed
 * @param quorum how many of them must approve
 * @param timeout after which a release nobody approved is cancelled
 */
public record Approval(
    @Setting(
            "the people whose approval counts, named as their commands name them, whatever the"
                + " case; who goes by two names is one entry, `ana@example.com = slack:U0ANA`;"
                + " none: no approval is asked for")
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
    requirePersons(approvers, quorum);
  }

  /** A quorum is of persons, so no two entries may be one. */
  private static void requirePersons(List<String> approvers, int quorum) {
    List<List<String>> people = approvers.stream().map(Approval::namesOf).distinct().toList();
    if (!approvers.isEmpty() && (quorum < 1 || quorum > people.size())) {
      throw new IllegalArgumentException(
          "a quorum of %d cannot come from %d approvers".formatted(quorum, people.size()));
    }
    List<String> names = people.stream().flatMap(List::stream).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("an approver is in two entries: " + approvers);
    }
    boolean onlySlack = people.stream().anyMatch(each -> each.stream().allMatch(Approval::isSlacks));
    boolean noSlack = people.stream().anyMatch(each -> each.stream().noneMatch(Approval::isSlacks));
    if (quorum > 1 && onlySlack && noSlack) {
      throw new IllegalArgumentException(
          "of %s, one with a Slack id only may be one without: a quorum of %d takes persons; write both names of a person as one entry, 'ana@example.com = slack:U0ANA'"
              .formatted(approvers, quorum));
    }
  }

  private static boolean isSlacks(String name) {
    return name.startsWith("slack:");
  }

  /** Whether a rollout needs consent at all. */
  public boolean isAsked() {
    return !approvers.isEmpty();
  }

  /** Whether these votes are consent enough. */
  boolean isGivenBy(List<Vote> votes) {
    return votes.stream()
            .flatMap(vote -> entryOf(approvers, vote.by()).stream())
            .distinct()
            .count()
        >= quorum;
  }

  /** Everything the approvers are called, in lower case. */
  List<String> names() {
    return approvers.stream().flatMap(entry -> namesOf(entry).stream()).toList();
  }

  /** Whether {@code person} is among {@code people}, whatever the case. */
  static boolean names(List<String> people, String person) {
    return entryOf(people, person).isPresent();
  }

  /** The entry among {@code people} that means {@code person}. */
  static Optional<String> entryOf(List<String> people, String person) {
    String name = folded(person);
    return people.stream().filter(entry -> namesOf(entry).contains(name)).findFirst();
  }

  private static List<String> namesOf(String entry) {
    return Stream.of(entry.split("\\s+=\\s+", -1)).map(Approval::folded).toList();
  }

  /** Someone who asks from Slack is known by id: {@code slack:U0123 (ana)} is {@code slack:u0123}. */
  private static String folded(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replaceFirst("^(slack:[a-z0-9]+) \\(.*\\)$", "$1");
  }
}
