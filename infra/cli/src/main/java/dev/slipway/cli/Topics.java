package dev.slipway.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command's help, its commands by what they are for. */
final class Topics {

  private static final String OTHER = "Other";
  private static final int NAME = 12;
  private static final int WIDTH = 80;

  /** Where the first sentence of what a command does says too little, or too much. */
  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("demo", "See it work: crates become releases on this machine"),
          Map.entry("push", "Upload a crate: its release follows by itself"),
          Map.entry("explain", "Tell how a release came to stand where it stands, and why"),
          Map.entry("promote", "Give it all the traffic now"),
          Map.entry("promote-to", "Ask another environment to bring it out, as it is"),
          Map.entry("pause", "Halt its rollout where it is"),
          Map.entry("resume", "Let its rollout go on"),
          Map.entry("skip", "Take its next step now"),
          Map.entry("approve", "Consent to its rollout"),
          Map.entry("reject", "End it without a rollout"),
          Map.entry("rollback", "Let what served before serve again"),
          Map.entry("cancel", "End it; what it serves already is rolled back"),
          Map.entry("retry", "Try the same upload again, as another release"),
          Map.entry("hold", "Let no rollout of its service begin"),
          Map.entry("unhold", "Let rollouts of its service begin again"),
          Map.entry("override", "Let its rollout begin in spite of a freeze"),
          Map.entry("env", "Name the environment you mean; check what Terraform makes"),
          Map.entry("chaos", "Let things go wrong in the running laptop cloud"),
          Map.entry("simulate", "Rehearse hours of faults in virtual time"),
          Map.entry("help", "Show a command's help"));

  private static final Map<String, List<String>> TOPICS = topics();

  private Topics() {}

  private static Map<String, List<String>> topics() {
    Map<String, List<String>> topics = new LinkedHashMap<>();
    topics.put("Begin", List.of("demo", "up"));
    topics.put("Release", List.of("push", "plan", "watch"));
    topics.put("Look", List.of("status", "releases", "release", "explain", "logs", "sizes"));
    topics.put(
        "Ask of a release",
        List.of(
            "promote", "pause", "resume", "skip", "approve", "reject", "rollback", "cancel",
            "retry", "hold", "unhold", "override", "promote-to"));
    topics.put("Environments", List.of("env", "doctor"));
    topics.put("Recover", List.of("export", "restore"));
    topics.put("Rehearse", List.of("chaos", "simulate"));
    return topics;
  }

  /** Has a command line's help list its commands so. */
  static CommandLine group(CommandLine root) {
    root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
    root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, Topics::list);
    return root;
  }

  private static String list(Help help) {
    Map<String, Help> commands = help.subcommands();
    Set<String> left = new LinkedHashSet<>(commands.keySet());
    StringBuilder text = new StringBuilder();
    TOPICS.forEach(
        (topic, names) -> {
          List<String> there = names.stream().filter(left::remove).toList();
          text.append(section(topic, there, commands));
        });
    return text.append(section(OTHER, new ArrayList<>(left), commands)).toString();
  }

  private static String section(String topic, List<String> names, Map<String, Help> commands) {
    return names.isEmpty()
        ? ""
        : names.stream()
            .map(name -> line(name, Objects.requireNonNull(commands.get(name))))
            .collect(Collectors.joining("", "%n%s:%n".formatted(topic), ""));
  }

  /** The name, and the first sentence of what it does, cut to fit. */
  private static String line(String name, Help command) {
    String[] description = command.commandSpec().usageMessage().description();
    String all = String.join(" ", description).replace("%%", "%");
    String sentence = all.replaceFirst("(?<=[.:;])\\s.*", "").replaceFirst("[:;.]$", "");
    String first = SHORT.getOrDefault(name, sentence);
    int room = WIDTH - NAME - 4;
    String fit = first.length() <= room ? first : first.substring(0, room - 3) + "...";
    return "  %s%s%n".formatted(name + " ".repeat(Math.max(1, NAME - name.length())), fit);
  }
}
