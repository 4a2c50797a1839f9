/** The JSON form of every value in {@code release}: in the ledger, on topics, on the command line. */
@NullMarked
package dev.slipway.json;

import org.jspecify.annotations.NullMarked;
