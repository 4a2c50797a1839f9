package dev.slipway.local.events;

import java.time.Instant;

/**
 * An event given up.
 *
 * @param trigger the name of the trigger it was for
 * @param attempts how often it was tried
 * @param reason how the last attempt ended
 */
public record DeadLetter(
    String trigger, Event event, int attempts, Instant acceptedAt, String reason) {}
