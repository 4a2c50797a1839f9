package dev.slipway.local.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What goes wrong with one call: first it stalls, then it fails, if at all.
 *
 * @param failure the rule by which it fails: the first given, where several strike
 */
record Mishap(Duration stall, Optional<Standing> failure) {

  static Mishap of(List<Standing> struck) {
    Duration stall = Duration.ZERO;
    Optional<Standing> failure = Optional.empty();
    for (Standing each : struck) {
      if (each.rule().fault() == Fault.STALL) {
        stall = stall.plus(each.rule().duration());
      } else if (failure.isEmpty()) {
        failure = Optional.of(each);
      }
    }
    return new Mishap(stall, failure);
  }

  boolean failsBy(Fault fault) {
    return failure.filter(standing -> standing.rule().fault() == fault).isPresent();
  }

  /** Why a call fails, for the answer. */
  static String words(Standing standing) {
    return "chaos rule %s: %s, as told"
        .formatted(
            standing.id(),
            standing.rule().fault() == Fault.BEFORE ? "not carried out" : "carried out");
  }
}
