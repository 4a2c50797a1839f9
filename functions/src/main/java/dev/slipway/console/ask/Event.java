package dev.slipway.console.ask;

import dev.slipway.release.ReleaseEvent;
import java.time.Instant;

/**
 * One event, as the audit trail has it.
 *
 * @param sequence its number in its release, from 1
 * @param actor who caused it: {@code slipway}, or a person
 */
public record Event(long sequence, Instant at, String actor, ReleaseEvent event) {}
