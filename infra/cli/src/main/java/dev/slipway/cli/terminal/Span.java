package dev.slipway.cli.terminal;

import java.time.Duration;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A time as people write it: {@code 90s}, {@code 10m}, {@code 1h}, {@code 2d}. */
public final class Span {

  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private Span() {}

  /**
   * What an option says.
   *
   * @throws CommandLine.ParameterException when that is no time
   */
  public static Duration of(CommandSpec command, String option, String text) {
    if (!text.matches("[0-9]{1,6}[smhd]")) {
      throw new CommandLine.ParameterException(
          command.commandLine(),
          "%s is a time such as 90s, 10m, 1h or 2d, not '%s'".formatted(option, text));
    }
    int last = text.length() - 1;
    return UNITS
        .getOrDefault(text.substring(last), Duration.ZERO)
        .multipliedBy(Long.parseLong(text.substring(0, last)));
  }
}
