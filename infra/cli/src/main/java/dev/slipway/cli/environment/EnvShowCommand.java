package dev.slipway.cli.environment;

import com.google.gson.JsonObject;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Line;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.ScreenOption;
import dev.slipway.cli.terminal.Tone;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the environment that is meant, and asks its console who the caller is. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Show the environment that is meant, and whom its console takes you for.")
public final class EnvShowCommand implements Callable<Integer> {

  private static final int LABEL = 10;

  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  @Mixin private ScreenOption output = new ScreenOption();

  @Override
  public Integer call() {
    Screen screen = output.screen();
    Environments.Choice choice = environment.choice();
    try (Environment env = environment.open()) {
      ConsoleApi.Me me = env.api().me();
      Map<String, String> facts = new LinkedHashMap<>();
      facts.put("name", env.name());
      facts.put("chosen by", choice.by());
      facts.put("project", env.project());
      facts.put("bucket", env.bucket());
      facts.put("console", env.page());
      facts.put("you", me.name());
      facts.put("role", me.role().toLowerCase(Locale.ROOT));
      show(screen, facts);
    }
    return Exit.DONE;
  }

  private static void show(Screen screen, Map<String, String> facts) {
    if (screen.isJson()) {
      JsonObject object = new JsonObject();
      facts.forEach((label, value) -> object.addProperty(label.replace("chosen by", "by"), value));
      screen.json(object);
    } else {
      facts.forEach(
          (label, value) -> screen.line(Line.of(Tone.FAINT, label).padded(LABEL + 1).and(value)));
    }
  }
}
