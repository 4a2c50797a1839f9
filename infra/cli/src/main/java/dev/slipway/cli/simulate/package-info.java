/**
 * The pipeline on platforms in memory, with time that passes when told: for tests of one story, and
 * for simulations of many under a seeded scheduler.
 */
@NullMarked
package dev.slipway.cli.simulate;

import org.jspecify.annotations.NullMarked;
