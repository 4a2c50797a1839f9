package dev.slipway.local.events;

import java.time.Instant;

/**
 * An event not yet acknowledged by its function.
 *
 * @param attempts how often it was tried so far
 * @param due when it is tried next
 */
public record Pending(
    String trigger, Event event, int attempts, Instant acceptedAt, Instant due) {}
