package dev.slipway.local.run;

import java.time.Duration;

/**
 * How the laptop's Cloud Run treats instances.
 *
 * @param idle how long an instance without requests is kept before it is stopped
 * @param grace how long a process has between SIGTERM and SIGKILL
 * @param wrongAddress how long a starting process may listen elsewhere than on {@code
 *     0.0.0.0:$PORT} before its revision is failed for it
 * @param logBytes the size at which a revision's log file is set aside; one older is kept
 */
public record RunSettings(Duration idle, Duration grace, Duration wrongAddress, long logBytes) {

  /** Fifteen minutes, ten seconds, fifteen seconds, one MiB. */
  public static RunSettings defaults() {
    return new RunSettings(
        Duration.ofMinutes(15), Duration.ofSeconds(10), Duration.ofSeconds(15), 1 << 20);
  }

  /** These settings with another idle time. */
  public RunSettings withIdle(Duration time) {
    return new RunSettings(time, grace, wrongAddress, logBytes);
  }

  /** These settings with another patience for a wrong address. */
  public RunSettings withWrongAddress(Duration time) {
    return new RunSettings(idle, grace, time, logBytes);
  }
}
