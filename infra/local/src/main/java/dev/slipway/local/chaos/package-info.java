/** Faults put into the laptop cloud on purpose: what goes wrong, where, and how often. */
@NullMarked
package dev.slipway.local.chaos;

import org.jspecify.annotations.NullMarked;
