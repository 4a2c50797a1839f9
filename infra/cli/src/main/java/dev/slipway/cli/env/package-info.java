/** What can be said of a team's environment on Google Cloud without an account there. */
@NullMarked
package dev.slipway.cli.env;

import org.jspecify.annotations.NullMarked;
