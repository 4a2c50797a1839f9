/** Who asks, what they may do, and whether it was really they who asked. */
@NullMarked
package dev.slipway.console.access;

import org.jspecify.annotations.NullMarked;
