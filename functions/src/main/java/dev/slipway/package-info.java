/** Slipway's functions: four thin entry points, their settings and their wiring. */
@NullMarked
package dev.slipway;

import org.jspecify.annotations.NullMarked;
