package dev.slipway.local.events;

import java.time.Instant;

/**
 * An object became complete.
 *
 * @param object its name
 * @param resourceJson the Object resource as the JSON API gives it; becomes the event's data
 */
public record StorageEvent(String bucket, String object, Instant at, String resourceJson) {}
