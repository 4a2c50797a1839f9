/** The functions' adapters, each against the laptop cloud's server. */
@NullMarked
package dev.slipway.cli.adapters;

import org.jspecify.annotations.NullMarked;
