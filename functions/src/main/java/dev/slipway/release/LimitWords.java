package dev.slipway.release;

import java.util.ArrayList;
import java.util.List;

/** What an image is held against before it is deployed, in words. */
final class LimitWords {

  private LimitWords() {}

  static List<String> of(Policy policy) {
    List<String> limits = new ArrayList<>();
    Budget budget = policy.budget();
    budget
        .maxBytes()
        .ifPresent(
            max ->
                limits.add(
                    "image of at most %s: %s".formatted(ByteSize.shown(max), verb(budget.action()))));
    budget
        .maxGrowthPercent()
        .ifPresent(
            max ->
                limits.add(
                    "image at most %d %% larger than the live one: %s"
                        .formatted(max, verb(budget.action()))));
    limits.add("packages with known faults: " + verb(policy.advisories()));
    return limits;
  }

  private static String verb(Reaction reaction) {
    return switch (reaction) {
      case IGNORE -> "ignored";
      case WARN -> "else a warning";
      case BLOCK -> "else rejected";
    };
  }
}
