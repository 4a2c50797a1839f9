package dev.slipway.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who of those the platform lets in may do what. An entry is an e-mail address, {@code *@DOMAIN}
 * for everyone of a domain, or {@code *} for everyone; capitals do not matter.
 */
public record People(
    @Setting(
            "who may look: e-mail addresses, `*@DOMAIN` for everyone of a domain, `*` for everyone"
                + " whom the platform lets in")
        List<String> viewers,
    @Setting("who may steer rollouts besides: pause, skip, promote, roll back, hold and the like")
        List<String> deployers,
    @Setting(
            "who may go past the policy's rules besides: `OVERRIDE`. Those of"
                + " `approval.approvers` are among them, and only they can approve")
        List<String> approvers) {

  /** Everyone may look, nobody may do anything. */
  public static final People DEFAULT = new People(List.of("*"), List.of(), List.of());

  /** Everyone may do everything: for a machine that has one person. */
  public static final People ALONE = new People(List.of(), List.of(), List.of("*"));

  private static final String ENTRY = "\\*|(?:\\*|[^*@\\s]+)@[^*@\\s]+";

  public People {
    viewers = checked(viewers);
    deployers = checked(deployers);
    approvers = checked(approvers);
  }

  private static List<String> checked(List<String> entries) {
    for (String entry : entries) {
      if (!entry.matches(ENTRY)) {
        throw new IllegalArgumentException(
            "'%s' is no e-mail address, *@DOMAIN or *".formatted(entry));
      }
    }
    return List.copyOf(entries);
  }

  /** The same, where those whose approval counts are approvers; names that are no address are not. */
  public People trusting(Approval approval) {
    List<String> all = new ArrayList<>(approvers);
    approval.names().stream().filter(name -> name.matches(ENTRY)).forEach(all::add);
    return new People(viewers, deployers, all);
  }

  /** The highest role a person has; empty for one who may not even look. */
  public Optional<Role> roleOf(String person) {
    if (has(approvers, person)) {
      return Optional.of(Role.APPROVER);
    }
    if (has(deployers, person)) {
      return Optional.of(Role.DEPLOYER);
    }
    return has(viewers, person) ? Optional.of(Role.VIEWER) : Optional.empty();
  }

  private static boolean has(List<String> entries, String person) {
    String name = person.toLowerCase(Locale.ROOT);
    return entries.stream().anyMatch(entry -> matches(entry.toLowerCase(Locale.ROOT), name));
  }

  private static boolean matches(String entry, String name) {
    if (entry.equals("*")) {
      return true;
    }
    return entry.startsWith("*@")
        ? name.lastIndexOf('@') > 0
            && name.substring(name.lastIndexOf('@')).equals(entry.substring(1))
        : name.equals(entry);
  }
}
