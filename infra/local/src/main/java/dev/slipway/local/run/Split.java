package dev.slipway.local.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Chooses the revision of each request by weight. Requests come in rounds of as many as the
 * percents have in common ({@code 50:50} is a round of two, {@code 1:99} one of a hundred); within
 * a round every revision gets exactly its share, in a random order. So measured shares keep to the
 * weights even over few requests, and yet no pattern of a client's falls in step with the choice.
 */
final class Split {

  private final List<String> round = new ArrayList<>();
  private final Random random = new Random(1);
  private int next;

  /**
   * @param percents by revision, adding up to 100; revisions at 0 are never chosen
   */
  Split(Map<String, Integer> percents) {
    int common = percents.values().stream().reduce(0, Split::gcd);
    percents.forEach(
        (revision, percent) ->
            round.addAll(Collections.nCopies(percent / Math.max(1, common), revision)));
    Collections.sort(round);
    Collections.shuffle(round, random);
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  boolean isEmpty() {
    return round.isEmpty();
  }

  synchronized String choose() {
    if (next == round.size()) {
      Collections.shuffle(round, random);
      next = 0;
    }
    return round.get(next++);
  }
}
