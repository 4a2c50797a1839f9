package dev.slipway;

import dev.slipway.console.access.People;
import dev.slipway.release.Fields;
import java.util.List;
import java.util.Optional;

/**
 * Reads the section {@code people} of a team's policy: who may look at the console, who may steer
 * rollouts, who may decide where policy wants a person's word.
 *
 * <pre>
 * people:
 *   viewers: ["*"]
 *   deployers: ["*@acme.example"]
 *   approvers: [ana@acme.example]
 * </pre>
 */
final class PeopleDocument {

  static final String KEY = "people";

  private PeopleDocument() {}

  /** The people; empty where the policy does not name any. What is wrong is found in {@code policy}. */
  static Optional<People> read(Fields policy) {
    return policy
        .table(KEY)
        .map(
            people ->
                new People(
                    people.has("viewers") ? entries(people, "viewers") : People.LOOKING.viewers(),
                    entries(people, "deployers"),
                    entries(people, "approvers")));
  }

  private static List<String> entries(Fields people, String key) {
    List<String> entries = people.texts(key);
    entries.stream()
        .filter(entry -> !People.isEntry(entry))
        .forEach(
            entry -> people.reject(key, "'" + entry + "' is no e-mail address, *@DOMAIN or *"));
    return entries;
  }
}
