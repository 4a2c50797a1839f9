package dev.slipway.release;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * One thing a revision was judged by.
 *
 * @param name such as {@code error rate}
 * @param outcome what it says of the revision
 * @param actual what was measured; empty where nothing was
 * @param threshold what it may be at most; empty where there is no such number
 * @param unit of both, such as {@code %} or {@code ms}
 * @param samples how many requests it rests on
 * @param note what else there is to say; empty for nothing
 */
public record Measure(
    String name,
    Verdict.Outcome outcome,
    Optional<Double> actual,
    Optional<Double> threshold,
    String unit,
    long samples,
    String note) {

  /** One that is not a number. */
  static Measure said(String name, Verdict.Outcome outcome, String note) {
    return new Measure(name, outcome, Optional.empty(), Optional.empty(), "", 0, note);
  }

  /** As in "error rate: actual 2.1 %, needs <= 1 %, 412 requests, 50 of them synthetic". */
  public String words() {
    StringBuilder words = new StringBuilder(name).append(": ");
    if (threshold.isPresent()) {
      actual.ifPresent(a -> words.append("actual ").append(number(a, unit)).append(", "));
      words.append("needs <= ").append(number(threshold.get(), unit)).append(", ").append(requests());
      words.append(note.isEmpty() ? "" : ", ");
    }
    return words.append(note).toString();
  }

  private String requests() {
    return samples == 0 ? "no requests" : samples == 1 ? "1 request" : samples + " requests";
  }

  /** To three digits. */
  static String number(double value, String unit) {
    BigDecimal digits = new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros();
    return digits.toPlainString() + " " + unit;
  }
}
