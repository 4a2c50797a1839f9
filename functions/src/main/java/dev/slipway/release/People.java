package dev.slipway.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
        List<String> approvers,
    @Setting(
            "commands, in lower case, that are taken from nobody without a reason, wherever they are"
                + " asked; `override` always is")
        List<String> reasons) {

  /** Everyone may look, nobody may do anything. */
  public static final People DEFAULT = new People(List.of("*"), List.of(), List.of(), List.of());

  /** Everyone may do everything: for a machine that has one person. */
  public static final People ALONE =
      new People(List.of(), List.of(), List.of("*"), List.of());

  private static final String ENTRY = "\\*|(?:\\*|[^*@\\s]+)@[^*@\\s]+";

  public People {
    viewers = checked(viewers);
    deployers = checked(deployers);
    approvers = checked(approvers);
    reasons = List.copyOf(reasons);
    reasons.forEach(People::requireCommand);
  }

  private static void requireCommand(String text) {
    if (Arrays.stream(Command.Kind.values()).noneMatch(kind -> named(kind).equals(text))) {
      throw new IllegalArgumentException(
          "'%s' is none of %s"
              .formatted(
                  text,
                  Arrays.stream(Command.Kind.values())
                      .map(People::named)
                      .collect(Collectors.joining(", "))));
    }
  }

  private static String named(Command.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** What is not taken without a reason. */
  public Set<Command.Kind> reasoned() {
    return Arrays.stream(Command.Kind.values())
        .filter(kind -> kind == Command.Kind.OVERRIDE || reasons.contains(named(kind)))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Command.Kind.class)));
  }

  /** Why a command is not taken as it is asked: a sentence without its full stop. */
  public Optional<String> objection(Command command) {
    return command.reason().isBlank() && reasoned().contains(command.kind())
        ? Optional.of("the policy wants to know why (people.reasons), and no reason was given")
        : Optional.empty();
  }

  /** Whether nobody is named: the same as {@link #DEFAULT}, reasons aside. */
  public boolean isUnsaid() {
    return equals(new People(DEFAULT.viewers, List.of(), List.of(), reasons));
  }

  /** Everyone may do everything, and says why where these people must. */
  public People alone() {
    return new People(List.of(), List.of(), ALONE.approvers, reasons);
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
    return new People(viewers, deployers, all, reasons);
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
