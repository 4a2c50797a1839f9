package dev.slipway.release;

import java.time.Duration;

/**
 * What a candidate is asked before it gets traffic.
 *
 * @param path absolute path, such as {@code /health}
 * @param timeout for each request
 * @param requests how many must succeed, one after another
 */
public record SmokeTest(String path, Duration timeout, int requests) {}
