package dev.slipway.release;

/**
 * A build to be submitted.
 *
 * @param release whose build it is
 * @param attempt 1 for the first try
 */
public record BuildOrder(ReleaseId release, int attempt, Source source, Crate crate) {}
