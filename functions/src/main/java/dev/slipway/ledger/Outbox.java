package dev.slipway.ledger;

import dev.slipway.release.Change;

/**
 * Tells the world of an event the ledger holds. Telling twice is harmless; what was not told is
 * told by the sweep.
 */
public interface Outbox {

  void publish(Change.Entry entry);
}
