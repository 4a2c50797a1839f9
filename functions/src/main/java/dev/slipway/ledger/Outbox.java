package dev.slipway.ledger;

import dev.slipway.release.Release;

/**
 * Tells the world that a release moved, as the ledger has it. Telling twice is harmless; what was not told is
 * told by the sweep.
 */
public interface Outbox {

  void publish(Release release);
}
