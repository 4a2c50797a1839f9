package dev.slipway.local.chaos;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can go wrong: with a call, or with a message. */
public enum Fault {
  /** The call is not carried out and answered with an error. */
  BEFORE(true),
  /** The call is carried out and answered with an error all the same. */
  AFTER(true),
  /**
   * The call is carried out and its answer withheld: the caller's deadline passes, or, if it has
   * none, the call ends as timed out after the rule's duration.
   */
  TIMEOUT(true),
  /** The call waits for the rule's duration; then it is carried out if its caller still waits. */
  STALL(true),
  /** The message comes twice; the copy up to the rule's duration later. */
  DUPLICATE(false),
  /** The message comes later by the rule's duration. */
  DELAY(false),
  /** The message comes later by a share of the rule's duration drawn for it: others overtake it. */
  REORDER(false),
  /** The message never comes. */
  DROP(false);

  private final boolean ofCalls;

  Fault(boolean ofCalls) {
    this.ofCalls = ofCalls;
  }

  boolean fits(Place place) {
    return place.isCall() == ofCalls;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Fault of(String word) {
    return Arrays.stream(values())
        .filter(fault -> fault.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no fault: use one of %s"
                        .formatted(
                            word,
                            Arrays.stream(values())
                                .map(Fault::word)
                                .collect(Collectors.joining(", ")))));
  }
}
