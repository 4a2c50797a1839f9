package dev.slipway.local.events;

/** Where events go that no attempt could deliver, beside Eventarc's own list. */
@FunctionalInterface
public interface DeadLetters {

  void accept(DeadLetter letter);
}
