/** Events that were given up: looked at, sent again, or dropped. */
@NullMarked
package dev.slipway.cli.letters;

import org.jspecify.annotations.NullMarked;
