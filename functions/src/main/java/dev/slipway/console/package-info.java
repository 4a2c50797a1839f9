/** What people and the command line ask of a team's environment over HTTP. */
@NullMarked
package dev.slipway.console;

import org.jspecify.annotations.NullMarked;
