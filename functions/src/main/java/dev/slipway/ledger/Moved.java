package dev.slipway.ledger;

import dev.slipway.release.ReleaseId;

/**
 * A release moved.
 *
 * @param sequence number of its latest event
 * @param stage label of the stage it is in
 */
public record Moved(ReleaseId release, long sequence, String stage) {}
