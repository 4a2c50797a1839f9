package dev.slipway.cli.log;

import com.google.gson.JsonArray;
import dev.slipway.cli.environment.Environment;
import dev.slipway.cli.environment.EnvironmentOption;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.release.Named;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.ScreenOption;
import dev.slipway.cli.terminal.Span;
import dev.slipway.console.ask.Selection;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.Stage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what was logged of a release: by the functions, its build and what runs. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Show what functions, builds and services logged, oldest first.")
public final class LogsCommand implements Callable<Integer> {

  private static final int MAX = 10_000;

  /** So many releases are asked for their builds' logs: each takes a request. */
  private static final int BUILDS = 20;

  private static final Duration LOOK = Duration.ofMillis(500);

  /** A project may ask Cloud Logging sixty times a minute, whoever in it asks. */
  private static final Duration LOOK_FAR = Duration.ofSeconds(3);

  @Spec private CommandSpec spec;

  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  @Mixin private ScreenOption output = new ScreenOption();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SERVICE",
      description = "Only what is about this service.")
  private @Nullable String service;

  @Option(
      names = "--release",
      paramLabel = "ID|SERVICE",
      description = "Only what is about this release, or a service's latest.")
  private @Nullable String release;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only the last so long, such as 10m, 1h or 2d.")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Only what is older than that, such as 10m.")
  private @Nullable String until;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "500",
      description = "The newest so many, 1 to 10000 (default: 500).")
  private int limit;

  @Option(
      names = {"--follow", "-f"},
      description = "Then show what comes, until Ctrl-C or, with --release, until it is at rest.")
  private boolean follow;

  @Option(names = "--requests", description = "Show the requests services answered, too.")
  private boolean requests;

  @Override
  public Integer call() {
    requireSense();
    Clock clock = Clock.systemUTC();
    Period period = period(clock.instant());
    try (Environment env = environment.open()) {
      Optional<ReleaseId> one =
          Optional.ofNullable(release).map(named -> new Named(env).release(named));
      LogQuery query = query(one);
      BuildRows builds = new BuildRows(env.api(), () -> releases(env, one), clock);
      try (Logged logged = Logged.of(env, environment.state())) {
        Tail.Sources sources =
            new Tail.Sources(
                logged, requests ? query : query.withoutRequests(env.project()), builds);
        show(new Tail(sources, output.screen(), clock), period, env, one);
      }
    }
    return Exit.DONE;
  }

  private void show(Tail tail, Period period, Environment env, Optional<ReleaseId> one) {
    List<LogRow> rows = tail.newest(period, limit);
    if (rows.isEmpty() && service != null) {
      requireService(env, service);
    }
    if (!follow) {
      show(tail, rows, output.screen());
      return;
    }
    rows.forEach(tail::show);
    tail.follow(
        env.isLaptop() ? LOOK : LOOK_FAR,
        () ->
            one.isPresent()
                && env.api().release(one.get()).release().stage() instanceof Stage.Settled);
  }

  /** Whoever follows may be there before the service is. */
  private void requireService(Environment env, String service) {
    try {
      var unused = new Named(env).service(service);
    } catch (Failure nothing) {
      if (!follow) {
        throw nothing;
      }
      output.screen().note(nothing.getMessage() + " What is logged of it from now on is shown.");
    }
  }

  private void show(Tail tail, List<LogRow> rows, Screen screen) {
    if (screen.isJson()) {
      JsonArray array = new JsonArray();
      rows.forEach(row -> array.add(row.json()));
      screen.json(array);
    } else if (rows.isEmpty()) {
      screen.line("Nothing was logged" + about() + ".");
    } else {
      rows.forEach(tail::show);
    }
  }

  private void requireSense() {
    if (limit < 1 || limit > MAX) {
      throw misuse("--limit is 1 to %d, not %d".formatted(MAX, limit));
    }
    if (release != null && service != null) {
      throw misuse("Name a service or a release, not both.");
    }
    if (follow && until != null) {
      throw misuse("--follow goes on, --until ends: say one of them.");
    }
    if (service != null && !ServiceName.isLegal(service)) {
      throw misuse("'" + service + "' names no service; for a release say --release ID.");
    }
  }

  private Period period(Instant now) {
    Optional<Instant> begin =
        Optional.ofNullable(since).map(text -> now.minus(Span.of(spec, "--since", text)));
    Optional<Instant> end =
        Optional.ofNullable(until).map(text -> now.minus(Span.of(spec, "--until", text)));
    if (begin.isPresent() && end.isPresent() && !begin.get().isBefore(end.get())) {
      throw misuse("--since is to be longer ago than --until.");
    }
    return new Period(begin, end);
  }

  private LogQuery query(Optional<ReleaseId> one) {
    if (one.isPresent()) {
      return LogQuery.of(one.get());
    }
    return service == null ? LogQuery.everything() : LogQuery.of(new ServiceName(service));
  }

  private List<Release> releases(Environment env, Optional<ReleaseId> one) {
    if (one.isPresent()) {
      return List.of(env.api().release(one.get()).release());
    }
    return env.api()
        .releases(
            new Selection(
                Optional.ofNullable(service).map(ServiceName::new), Optional.empty(), BUILDS));
  }

  private String about() {
    return release != null ? " about " + release : service != null ? " about " + service : "";
  }

  private CommandLine.ParameterException misuse(String why) {
    return new CommandLine.ParameterException(spec.commandLine(), why);
  }
}
