package dev.slipway.console.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who of those the platform lets in may do what. An entry is an e-mail address, {@code *@DOMAIN}
 * for everyone of a domain, or {@code *} for everyone; capitals do not matter.
 */
public record People(List<String> viewers, List<String> deployers, List<String> approvers) {

  private static final String ENTRY = "\\*|(?:\\*|[^*@\\s]+)@[^*@\\s]+";

  /** Everyone may look, nobody may do anything. */
  public static final People LOOKING = new People(List.of("*"), List.of(), List.of());

  /** Everyone may do everything: for a machine that has one person. */
  public static final People ALONE = new People(List.of(), List.of(), List.of("*"));

  public People {
    viewers = List.copyOf(viewers);
    deployers = List.copyOf(deployers);
    approvers = List.copyOf(approvers);
  }

  /** Whether it can be an entry. */
  public static boolean isEntry(String text) {
    return text.matches(ENTRY);
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
        ? name.lastIndexOf('@') > 0 && name.substring(name.lastIndexOf('@')).equals(entry.substring(1))
        : name.equals(entry);
  }
}
