package dev.slipway.console.access;

import dev.slipway.release.Role;

/**
 * Who asks.
 *
 * @param name e-mail address, or the laptop's user
 */
public record Caller(String name, Role role) {}
