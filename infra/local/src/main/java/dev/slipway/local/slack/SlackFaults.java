package dev.slipway.local.slack;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The failures that are to befall the next calls. */
final class SlackFaults {

  private final Deque<SlackFailure> next = new ArrayDeque<>();

  synchronized void add(int calls, SlackFailure failure) {
    for (int i = 0; i < calls; i++) {
      next.add(failure);
    }
  }

  synchronized Optional<SlackFailure> take() {
    return Optional.ofNullable(next.poll());
  }
}
