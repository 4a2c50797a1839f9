/** Moves releases: every trigger writes its fact down, then advances the release it concerns. */
@NullMarked
package dev.slipway.pipeline;

import org.jspecify.annotations.NullMarked;
