package dev.slipway.cli.release;

import dev.slipway.cli.environment.Environment;
import dev.slipway.cli.environment.EnvironmentOption;
import dev.slipway.cli.terminal.ScreenOption;
import dev.slipway.cli.terminal.Span;
import dev.slipway.release.ReleaseId;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Follows a release until it comes to rest. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = "Follow a release until it comes to rest, telling what happens.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it is live (or the same as what is live)",
      "4:it ended otherwise: rejected, failed, rolled back ...",
      "5:--timeout was over"
    })
public final class WatchCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  @Mixin private ScreenOption output = new ScreenOption();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "Watch no longer than that, such as 90s, 10m or 1h.")
  private @Nullable String timeout;

  @Parameters(
      paramLabel = "ID|SERVICE",
      description = "A release, or a service's latest.")
  private String named = "";

  @Override
  public Integer call() {
    Optional<Duration> most =
        Optional.ofNullable(timeout)
            .map(text -> Span.of(Objects.requireNonNull(spec), "--timeout", text));
    try (Environment env = environment.open()) {
      ReleaseId id = new Named(env).release(named);
      return new Follow(env, output.screen(), Clock.systemUTC()).toRest(id, most);
    }
  }
}
