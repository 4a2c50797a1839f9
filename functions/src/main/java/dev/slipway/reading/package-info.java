/** Reads several things at once. */
@NullMarked
package dev.slipway.reading;

import org.jspecify.annotations.NullMarked;
