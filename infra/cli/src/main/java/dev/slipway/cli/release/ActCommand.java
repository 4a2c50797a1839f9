package dev.slipway.cli.release;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.slipway.cli.environment.ApiFailure;
import dev.slipway.cli.environment.ConsoleApi;
import dev.slipway.cli.environment.ConsoleApi.ReleaseView;
import dev.slipway.cli.environment.Environment;
import dev.slipway.cli.environment.EnvironmentOption;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.ScreenOption;
import dev.slipway.console.ask.Event;
import dev.slipway.console.page.Words;
import dev.slipway.json.Json;
import dev.slipway.release.Command.Kind;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks something of a release, by the one door all commands go through: one for each kind. */
@Command(
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it is done, or asked for",
      "2:it wants a --reason and has none",
      "3:it means nothing as the release stands"
    })
public final class ActCommand implements Callable<Integer> {

  private static final String UNSAID = "asked on the command line";

  /** Commands go by a topic: what is asked is done some moments later. */
  private static final Duration MOMENTS = Duration.ofSeconds(15);

  private static final Duration LOOK = Duration.ofMillis(500);

  private final Kind kind;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  @Mixin private ScreenOption output = new ScreenOption();

  @Option(
      names = {"--reason", "-m"},
      paramLabel = "TEXT",
      description = "Why: it is kept with the release, up to 500 characters.")
  private String reason = "";

  @Parameters(paramLabel = "ID|SERVICE", description = "A release, or a service's latest.")
  private String named = "";

  private ActCommand(Kind kind) {
    this.kind = kind;
  }

  /** The command for a kind, ready to be a subcommand. */
  public static CommandLine of(Kind kind) {
    CommandLine line = new CommandLine(new ActCommand(kind));
    line.getCommandSpec().name(Rest.name(kind));
    line.getCommandSpec().usageMessage().description(Words.meaning(kind).replace("%", "%%"));
    return line;
  }

  @Override
  public Integer call() {
    if (kind == Kind.OVERRIDE && reason.isBlank()) {
      throw unreasoned("To override a freeze needs a --reason.");
    }
    try (Environment env = environment.open()) {
      if (reason.isBlank() && env.api().me().mustSayWhy(kind)) {
        throw unreasoned(
            "The policy of %s wants to know why (people.reasons): say it with --reason TEXT."
                .formatted(env.name()));
      }
      ReleaseId id = new Named(env).release(named);
      return ask(env, id, output.screen());
    }
  }

  private CommandLine.ParameterException unreasoned(String what) {
    return new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(), what);
  }

  private int ask(Environment env, ReleaseId id, Screen screen) {
    ConsoleApi api = env.api();
    long before = api.release(id).release().sequence();
    dev.slipway.release.Command command;
    try {
      command = api.command(id, kind, reason.isBlank() ? UNSAID : reason);
    } catch (ApiFailure e) {
      if (!e.isConflict()) {
        throw e;
      }
      refused(screen, e, api.release(id));
      return Exit.REFUSED;
    }
    answered(screen, command, come(api, command, before), env.flag());
    if (kind == Kind.ROLLBACK && !screen.isJson()) {
      held(env, id.service(), screen);
    }
    return Exit.DONE;
  }

  /** A rollback of what served everybody holds its service, which nobody asked for in words. */
  private static void held(Environment env, ServiceName service, Screen screen) {
    boolean held =
        env.api().services().stream()
            .anyMatch(one -> one.name().equals(service) && one.hold().isPresent());
    if (held) {
      screen.line(
          "%s is held now: no rollout of it begins until 'slipway unhold %s%s'."
              .formatted(service, service, env.flag()));
    }
  }

  private static void refused(Screen screen, ApiFailure refusal, ReleaseView view) {
    String can =
        view.commands().stream().map(Rest::name).sorted().collect(Collectors.joining(", "));
    if (screen.isJson()) {
      JsonObject answer = new JsonObject();
      answer.addProperty("refused", refusal.getMessage());
      JsonArray commands = new JsonArray();
      view.commands().stream().map(Kind::name).sorted().forEach(commands::add);
      answer.add("commands", commands);
      screen.json(answer);
    } else {
      screen.note("slipway: " + refusal.getMessage());
      screen.note(
          can.isEmpty() ? "There is nothing you can ask of it now." : "You can ask of it: " + can);
    }
  }

  /** The events since, once one of them is the caller's. */
  private static List<Event> come(
      ConsoleApi api, dev.slipway.release.Command command, long before) {
    Clock clock = Clock.systemUTC();
    Instant end = clock.instant().plus(MOMENTS);
    try (Moves moves = new Moves(api, command.release())) {
      while (true) {
        List<Event> since = api.events(command.release(), before + 1);
        boolean done = since.stream().anyMatch(event -> event.actor().equals(command.actor()));
        if (done || !clock.instant().isBefore(end)) {
          return since;
        }
        moves.await(LOOK);
      }
    }
  }

  private static void answered(
      Screen screen, dev.slipway.release.Command command, List<Event> since, String flag) {
    boolean done = since.stream().anyMatch(event -> event.actor().equals(command.actor()));
    if (screen.isJson()) {
      JsonObject answer =
          Json.tree(command, dev.slipway.release.Command.class).getAsJsonObject();
      answer.addProperty("done", done);
      JsonArray events = new JsonArray();
      since.forEach(event -> events.add(Json.tree(event, Event.class)));
      answer.add("events", events);
      screen.json(answer);
      return;
    }
    since.forEach(event -> screen.lines(Told.event(event)));
    if (!done) {
      screen.line("Asked, and not done yet. Follow it: slipway watch " + command.release() + flag);
    } else {
      retried(since).ifPresent(as -> screen.line("Follow it: slipway watch " + as + flag));
    }
  }

  private static Optional<ReleaseId> retried(List<Event> since) {
    return since.stream()
        .map(Event::event)
        .filter(ReleaseEvent.Retried.class::isInstance)
        .map(event -> ((ReleaseEvent.Retried) event).as())
        .findFirst();
  }
}
