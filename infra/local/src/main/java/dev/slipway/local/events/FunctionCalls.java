package dev.slipway.local.events;

import java.io.IOException;

/** Calls a function with an event. */
@FunctionalInterface
public interface FunctionCalls {

  /**
   * Calls {@code function} and waits for it.
   *
   * @return the HTTP status it answered
   * @throws IOException when there was no answer: no connection, or none in time
   */
  int call(String function, Event event) throws IOException, InterruptedException;
}
