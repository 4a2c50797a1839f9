/** Serving: Cloud Run, and the smoke test that comes before any traffic. */
@NullMarked
package dev.slipway.rollout;

import org.jspecify.annotations.NullMarked;
