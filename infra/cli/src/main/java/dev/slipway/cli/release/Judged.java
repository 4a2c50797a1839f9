package dev.slipway.cli.release;

import dev.slipway.cli.terminal.Line;
import dev.slipway.cli.terminal.Table;
import dev.slipway.cli.terminal.Tone;
import dev.slipway.release.Measure;
import dev.slipway.release.Verdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A verdict as a table: every value, its threshold, how many requests it rests on. */
final class Judged {

  private static final int DIGITS = 3;

  private Judged() {}

  /** Every measure, the worst first. */
  static List<Line> lines(String indent, Verdict verdict) {
    Table table = new Table("MEASURE", "FOUND", "ACTUAL", "AT MOST", "SAMPLES");
    verdict.measures().stream()
        .sorted(Comparator.comparing(Measure::outcome).reversed())
        .forEach(
            m ->
                table.row(
                    Line.of(m.name()),
                    Line.of(tone(m.outcome()), word(m.outcome())),
                    Line.of(number(m.actual(), m.unit())),
                    Line.of(number(m.threshold(), m.unit())),
                    Line.of(m.threshold().isPresent() ? Long.toString(m.samples()) : "-")));
    List<Line> lines =
        new ArrayList<>(
            table.lines().stream().map(line -> Line.of(indent).and(line)).toList());
    verdict.measures().stream()
        .filter(m -> !m.note().isEmpty())
        .forEach(m -> lines.add(Line.of(indent + m.name() + ": " + m.note())));
    return lines;
  }

  private static String word(Verdict.Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  private static Tone tone(Verdict.Outcome outcome) {
    return switch (outcome) {
      case HEALTHY -> Tone.GOOD;
      case INCONCLUSIVE -> Tone.WAITING;
      case ERROR, UNHEALTHY -> Tone.BAD;
    };
  }

  private static String number(Optional<Double> value, String unit) {
    return value
        .map(v -> new BigDecimal(v).round(new MathContext(DIGITS)).stripTrailingZeros())
        .map(v -> (v.toPlainString() + " " + unit).strip())
        .orElse("-");
  }
}
