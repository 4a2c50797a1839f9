package dev.slipway.local.chaos;

import java.time.Duration;

/**
 * One fault put in on purpose.
 *
 * @param status what a failing call is answered with: a gRPC code's name ({@code UNAVAILABLE}), an
 *     HTTP status ({@code 503}) where the place is HTTP or a function
 * @param duration how long {@code stall}, {@code timeout} and {@code delay} last, and the most that
 *     {@code duplicate} and {@code reorder} draw
 */
public record Rule(Where where, Fault fault, String status, Duration duration, Odds odds) {

  /** How long what takes a duration takes unless the rule says. */
  static final Duration USUAL = Duration.ofSeconds(5);

  /** How long a withheld answer is waited for by a caller without a deadline. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  public Rule {
    if (!fault.fits(where.place())) {
      throw new IllegalArgumentException(
          "%s cannot %s: a call fails before, after, by timeout or stall; a message is dropped,"
              .formatted(where, fault.word())
              + " delayed, duplicated or reordered");
    }
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a duration is not negative: " + duration);
    }
    Answers.check(where.place(), status);
  }

  /** With the usual status and duration, each time. */
  public static Rule of(String where, Fault fault) {
    Where parsed = Where.parse(where);
    return new Rule(
        parsed, fault, Answers.usual(parsed.place()), usualDuration(fault), Odds.ALWAYS);
  }

  static Duration usualDuration(Fault fault) {
    return switch (fault) {
      case BEFORE, AFTER, DROP, DUPLICATE -> Duration.ZERO;
      case TIMEOUT -> PATIENCE;
      case STALL, DELAY, REORDER -> USUAL;
    };
  }

  public Rule with(Odds other) {
    return new Rule(where, fault, status, duration, other);
  }

  public Rule lasting(Duration other) {
    return new Rule(where, fault, status, other, odds);
  }

  public Rule answering(String other) {
    return new Rule(where, fault, other, duration, odds);
  }
}
