package dev.slipway.ledger;

import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import java.time.Instant;

/**
 * One event as the ledger keeps it.
 *
 * @param sequence its number in its release, from 1
 * @param actor who caused it: {@code slipway}, or a person
 */
public record Recorded(
    ReleaseId release, long sequence, Instant at, String actor, ReleaseEvent event) {}
