/** The environments a command can be about, and how each is reached: a laptop's or a team's. */
@NullMarked
package dev.slipway.cli.environment;

import org.jspecify.annotations.NullMarked;
