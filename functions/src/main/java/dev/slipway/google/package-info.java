/** What every adapter to Google's clients needs. */
@NullMarked
package dev.slipway.google;

import org.jspecify.annotations.NullMarked;
