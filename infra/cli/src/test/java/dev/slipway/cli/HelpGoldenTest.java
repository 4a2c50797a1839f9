package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.terminal.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The help of every command, as committed; -Dslipway.write=true writes it anew. */
final class HelpGoldenTest {

  private static final Path FOLDER =
      Path.of(System.getProperty("slipway.root", "../.."), "infra/cli/src/test/resources/help");

  private static final boolean WRITE = Boolean.getBoolean("slipway.write");

  private static Map<String, CommandLine> commands() {
    Map<String, CommandLine> all = new TreeMap<>();
    add(all, "slipway", Main.commands(Surroundings.none(Path.of("no-home"))));
    return all;
  }

  private static void add(Map<String, CommandLine> all, String name, CommandLine command) {
    all.put(name, command);
    command.getSubcommands().forEach((sub, line) -> add(all, name + "-" + sub, line));
  }

  static Stream<String> names() {
    return commands().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyCommandsHelpIsAsCommittedAndFitsEightyColumns(String name) throws IOException {
    CommandLine command = Objects.requireNonNull(commands().get(name));
    Path golden = FOLDER.resolve(name + ".txt");

    String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);

    assertThat(help.lines()).allMatch(line -> line.length() <= 80);
    if (WRITE) {
      Files.createDirectories(FOLDER);
      Files.writeString(golden, help);
    }
    assertThat(golden).as("write it with -Dslipway.write=true").hasContent(help);
  }

  @Test
  void noHelpIsKeptOfACommandThatIsGone() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".txt", "")))
          .containsExactlyInAnyOrderElementsOf(commands().keySet());
    }
  }

  @Test
  void everyCommandSaysWhatItDoes() {
    commands()
        .forEach(
            (name, command) ->
                assertThat(command.getCommandSpec().usageMessage().description())
                    .as(name)
                    .isNotEmpty());
  }

  /** What completion prints is a program for a shell. */
  @Test
  void everyCommandThatDoesSomethingAnswersInJsonToo() {
    commands()
        .forEach(
            (name, command) -> {
              if (command.getSubcommands().isEmpty()
                  && !Set.of("slipway-completion", "slipway-help").contains(name)) {
                assertThat(command.getCommandSpec().findOption("--json")).as(name).isNotNull();
              }
            });
  }
}
