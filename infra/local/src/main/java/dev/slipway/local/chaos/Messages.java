package dev.slipway.local.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What becomes of one message: a delay for each time it comes. */
final class Messages {

  private Messages() {}

  static List<Duration> delays(List<Duration> faithful, List<Standing> struck) {
    List<Duration> delays = faithful;
    for (Standing each : struck) {
      delays = delays(delays, each);
    }
    return delays;
  }

  private static List<Duration> delays(List<Duration> before, Standing standing) {
    Duration whole = standing.rule().duration();
    Duration drawn = Duration.ofNanos((long) (whole.toNanos() * standing.share()));
    return switch (standing.rule().fault()) {
      case DROP -> List.of();
      case DELAY -> before.stream().map(whole::plus).toList();
      case REORDER -> before.stream().map(drawn::plus).toList();
      case DUPLICATE -> {
        List<Duration> twice = new ArrayList<>(before);
        before.forEach(delay -> twice.add(delay.plus(drawn)));
        yield List.copyOf(twice);
      }
      case BEFORE, AFTER, TIMEOUT, STALL -> before;
    };
  }
}
