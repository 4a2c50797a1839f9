package dev.slipway.cli.letters;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.slipway.cli.environment.Environment;
import dev.slipway.cli.environment.EnvironmentOption;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.laptop.Laptop;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.ScreenOption;
import dev.slipway.cli.terminal.Table;
import dev.slipway.local.LaptopCloud;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows events that were given up, sends them again, or drops them. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = {
      "Show events that failed until they were given up, send them again where they",
      "came from, or drop them. Mend what made them fail first.",
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DeadLettersCommand.ListLetters.class,
      DeadLettersCommand.Replay.class,
      DeadLettersCommand.Drop.class,
    })
public final class DeadLettersCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "Which command? Try 'slipway dead-letters list'.");
    }
  }

  /** Where the letters lie. */
  static final class Place {

    @Mixin private EnvironmentOption environment = new EnvironmentOption();

    @Option(
        names = "--project",
        paramLabel = "PROJECT",
        description = "A Google Cloud project; instead of --env.")
    private @Nullable String project;

    LetterBox open() {
      if (project != null) {
        return LetterBox.google(project);
      }
      String name = environment.choice().name();
      return name.equals(Environment.LAPTOP)
          ? LaptopCloud.endpointsOf(environment.state())
              .map(LetterBox::laptop)
              .orElseThrow(
                  () ->
                      new Failure(
                          "No laptop cloud has its state in %s: %s, or name another environment."
                              .formatted(environment.state(), Laptop.up(environment.state()))))
          : LetterBox.google(environment.all().describe(name).project());
    }
  }

  /** What each of the commands knows: where the letters lie, and where to say what became of them. */
  abstract static class Handling implements Callable<Integer> {

    @Mixin private Place place = new Place();

    @Mixin private ScreenOption output = new ScreenOption();

    @Override
    public Integer call() {
      try (LetterBox box = place.open()) {
        return handle(box, output.screen());
      }
    }

    /** Does it and says the exit code. */
    abstract int handle(LetterBox box, Screen screen);
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List them, the oldest first. It changes nothing.")
  static final class ListLetters extends Handling {

    @Override
    int handle(LetterBox box, Screen screen) {
      List<Letter> letters = box.take();
      box.release(letters);
      if (screen.isJson()) {
        JsonArray array = new JsonArray();
        letters.forEach(letter -> array.add(json(letter)));
        screen.json(array);
      } else if (letters.isEmpty()) {
        screen.line("None: no event was given up.");
      } else {
        Table table = new Table("ID", "GIVEN UP", "BY", "WHAT", "WHY");
        letters.forEach(
            letter ->
                table.row(
                    letter.id(),
                    letter.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                    letter.from(),
                    letter.what(),
                    letter.why()));
        screen.table(table);
      }
      return Exit.DONE;
    }

    private static JsonObject json(Letter letter) {
      JsonObject object = new JsonObject();
      object.addProperty("id", letter.id());
      object.addProperty("at", letter.at().toString());
      object.addProperty("from", letter.from());
      letter.topic().ifPresent(topic -> object.addProperty("topic", topic));
      object.addProperty("what", letter.what());
      object.addProperty("why", letter.why());
      object.addProperty("data", letter.content().getData().toStringUtf8());
      return object;
    }
  }

  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description = {
        "Publish them once more where they came from; what is published is taken away.",
        "An event that was handled after all is safe to be handled again.",
      })
  static final class Replay extends Handling {

    @Mixin private Chosen chosen = new Chosen();

    @Override
    int handle(LetterBox box, Screen screen) {
      List<Letter> kept = new ArrayList<>();
      for (Letter letter : chosen.of(box)) {
        Optional<String> obstacle = box.replay(letter);
        screen.line(
            "%s  %s: %s"
                .formatted(
                    obstacle.isEmpty() ? "ok  " : "KEPT",
                    letter.what(),
                    obstacle.orElseGet(() -> "published to " + letter.topic().orElse(""))));
        obstacle.ifPresent(o -> kept.add(letter));
      }
      box.release(kept);
      return kept.isEmpty() ? Exit.DONE : Exit.FAILED;
    }
  }

  @Command(
      name = "drop",
      mixinStandardHelpOptions = true,
      description = "Take them away for good.")
  static final class Drop extends Handling {

    @Mixin private Chosen chosen = new Chosen();

    @Override
    int handle(LetterBox box, Screen screen) {
      List<Letter> dropped = chosen.of(box);
      box.drop(dropped);
      dropped.forEach(letter -> screen.line("dropped  " + letter.what()));
      return Exit.DONE;
    }
  }

  /** Which letters are meant. */
  static final class Chosen {

    @Option(names = "--all", description = "Every one.")
    private boolean all;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "As 'slipway dead-letters list' has it.")
    private List<String> ids = List.of();

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** Those, and puts the others back. */
    List<Letter> of(LetterBox box) {
      if (all != ids.isEmpty() && command != null) {
        throw new CommandLine.ParameterException(
            command.commandLine(), "Which? Name ids, as 'slipway dead-letters list' has them, or --all.");
      }
      List<Letter> letters = box.take();
      List<Letter> meant =
          letters.stream().filter(letter -> all || ids.contains(letter.id())).toList();
      box.release(letters.stream().filter(letter -> !meant.contains(letter)).toList());
      Set<String> unknown = new TreeSet<>(ids);
      meant.forEach(letter -> unknown.remove(letter.id()));
      if (!unknown.isEmpty()) {
        box.release(meant);
        throw new Failure("There is no dead letter %s.".formatted(String.join(", ", unknown)));
      }
      return meant;
    }
  }
}
