/** The commands that look at releases and services, and those that ask something of them. */
@NullMarked
package dev.slipway.cli.release;

import org.jspecify.annotations.NullMarked;
