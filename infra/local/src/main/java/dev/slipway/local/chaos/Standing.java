package dev.slipway.local.chaos;

/**
 * A rule and what it did so far.
 *
 * @param seen how many calls or messages it covered
 * @param struck how many of them it struck
 */
public record Standing(String id, Rule rule, long seen, long struck) {

  /** After one more. */
  Standing next() {
    return new Standing(
        id, rule, seen + 1, struck + (rule.odds().strike(seen + 1, struck) ? 1 : 0));
  }

  /** A share of the rule's duration, drawn for the one just seen. */
  double share() {
    return rule.odds().share(seen);
  }
}
