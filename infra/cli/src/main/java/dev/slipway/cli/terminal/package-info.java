/** What a command is run from, and the one door through which it writes. */
@NullMarked
package dev.slipway.cli.terminal;

import org.jspecify.annotations.NullMarked;
