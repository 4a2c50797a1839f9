/**
 * What a release is and how it moves: values and pure functions on the JDK alone. Every other
 * package speaks in these types; this one knows none of them.
 */
@NullMarked
package dev.slipway.release;

import org.jspecify.annotations.NullMarked;
