/** The ports of the console, and the values that come through them. */
@NullMarked
package dev.slipway.console.ask;

import org.jspecify.annotations.NullMarked;
