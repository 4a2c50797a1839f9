package dev.slipway.cli.release;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.slipway.cli.environment.ConsoleApi.ReleaseView;
import dev.slipway.cli.environment.Environment;
import dev.slipway.cli.environment.EnvironmentOption;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Line;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.ScreenOption;
import dev.slipway.cli.terminal.Tone;
import dev.slipway.console.ask.Event;
import dev.slipway.console.page.Words;
import dev.slipway.json.Json;
import dev.slipway.release.Release;
import dev.slipway.release.Whereabouts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells how a release came to stand where it stands, from its recorded events. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Tell how a release came to stand where it stands: every event in order,",
      "why it came about, and every value of every gate."
    })
public final class ExplainCommand implements Callable<Integer> {

  private static final String INDENT = "          ";

  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  @Mixin private ScreenOption output = new ScreenOption();

  @Parameters(paramLabel = "ID|SERVICE", description = "A release, or a service's latest.")
  private String named = "";

  @Override
  public Integer call() {
    Screen screen = output.screen();
    try (Environment env = environment.open()) {
      ReleaseView view = env.api().release(new Named(env).release(named));
      if (screen.isJson()) {
        screen.json(json(view.events()));
      } else {
        tell(screen, view, env.flag());
      }
    }
    return Exit.DONE;
  }

  private static void tell(Screen screen, ReleaseView view, String flag) {
    Release release = view.release();
    screen.line(Told.standing(release));
    if (!view.events().isEmpty()) {
      screen.line(Line.of(Tone.FAINT, Told.day(view.events().getFirst().at()) + " UTC"));
    }
    List<Event> events = view.events();
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      screen.lines(Told.event(event, Words.where(events, i)));
      new Because(events.subList(0, i))
          .of(event.event())
          .ifPresent(why -> screen.line(Line.of(Tone.FAINT, INDENT + "because " + why)));
      Because.verdict(event.event())
          .ifPresent(verdict -> screen.lines(Judged.lines(INDENT + "  ", verdict)));
    }
    Rest.wanted(release, flag)
        .ifPresent(what -> screen.line(Line.of(Tone.WAITING, "It waits for " + what + ".")));
  }

  private static JsonArray json(List<Event> events) {
    JsonArray array = new JsonArray();
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      JsonObject object = Json.tree(event, Event.class).getAsJsonObject();
      object.addProperty("words", Words.event(event.event()));
      Whereabouts.of(
              events.subList(0, i).stream().map(Event::event).toList(), event.event())
          .ifPresent(region -> object.addProperty("region", region));
      Optional<String> why = new Because(events.subList(0, i)).of(event.event());
      why.ifPresent(text -> object.addProperty("because", text));
      array.add(object);
    }
    return array;
  }
}
