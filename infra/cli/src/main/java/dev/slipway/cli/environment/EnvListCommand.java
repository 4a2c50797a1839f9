package dev.slipway.cli.environment;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Line;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.ScreenOption;
import dev.slipway.cli.terminal.Table;
import dev.slipway.cli.terminal.Tone;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the environments that can be named. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List the environments you can name, and which is meant.")
public final class EnvListCommand implements Callable<Integer> {

  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  @Mixin private ScreenOption output = new ScreenOption();

  @Override
  public Integer call() {
    Screen screen = output.screen();
    Environments all = environment.all();
    Environments.Choice choice = environment.choice();
    Map<String, Optional<Description>> named = new LinkedHashMap<>();
    named.put(Environment.LAPTOP, Optional.empty());
    all.teams().forEach((name, description) -> named.put(name, Optional.of(description)));
    if (screen.isJson()) {
      JsonArray array = new JsonArray();
      named.forEach((name, d) -> array.add(json(name, d, name.equals(choice.name()))));
      screen.json(array);
      return Exit.DONE;
    }
    Table table = new Table("", "ENVIRONMENT", "PROJECT", "BUCKET", "CONSOLE");
    named.forEach((name, d) -> row(table, name, d, name.equals(choice.name())));
    screen.table(table);
    screen.line(
        Line.of(Tone.FAINT, "%s is meant, by %s.".formatted(choice.name(), choice.by())));
    return Exit.DONE;
  }

  private static void row(Table table, String name, Optional<Description> of, boolean meant) {
    table.row(
        Line.of(meant ? "*" : " "),
        Line.of(meant ? Tone.STRONG : Tone.PLAIN, name),
        Line.of(of.map(Description::project).orElse("-")),
        Line.of(of.map(Description::bucket).orElse("-")),
        Line.of(of.map(Description::console).orElse("this machine's")));
  }

  private static JsonObject json(String name, Optional<Description> of, boolean meant) {
    JsonObject object = new JsonObject();
    object.addProperty("name", name);
    object.addProperty("meant", meant);
    of.ifPresent(
        d -> {
          object.addProperty("project", d.project());
          object.addProperty("bucket", d.bucket());
          object.addProperty("console", d.console());
        });
    return object;
  }
}
