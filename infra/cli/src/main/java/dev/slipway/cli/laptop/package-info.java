/** The laptop cloud as the commands use it: set up, started, reached through Google's clients. */
@NullMarked
package dev.slipway.cli.laptop;

import org.jspecify.annotations.NullMarked;
