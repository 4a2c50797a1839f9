package dev.slipway.cli.simulate;

import java.util.function.Supplier;

/** Where a worker touches what is outside of it: here it can be interrupted, or meet a fault. */
interface Boundary {

  /** Carries out {@code body}, which changes the platform, unless a fault comes first. */
  <T> T effect(String name, Supplier<T> body);

  /** Before a reading. */
  default void look(String name) {}
}
