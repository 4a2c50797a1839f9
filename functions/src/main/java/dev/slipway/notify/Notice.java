package dev.slipway.notify;

import dev.slipway.release.ReleaseId;
import java.time.Instant;
import java.util.Optional;

/**
 * How far people have been told of a release.
 *
 * @param claimedAt when a worker set out to post the message
 * @param message the posted message, once its posting was confirmed
 * @param shown sequence number of the latest event the message shows, 0 for none
 */
public record Notice(
    ReleaseId release, Instant claimedAt, Optional<String> message, long shown) {}
