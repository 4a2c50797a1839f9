/** The ledger as a file, and services brought back from it. */
@NullMarked
package dev.slipway.cli.recover;

import org.jspecify.annotations.NullMarked;
