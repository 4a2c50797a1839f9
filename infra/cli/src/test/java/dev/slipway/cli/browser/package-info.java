/** A real browser, driven over its own protocol. */
@NullMarked
package dev.slipway.cli.browser;

import org.jspecify.annotations.NullMarked;
