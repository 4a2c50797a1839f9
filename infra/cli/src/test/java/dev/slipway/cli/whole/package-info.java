/** Whole releases: the functions' own code on a laptop cloud, with real builds. */
@NullMarked
package dev.slipway.cli.whole;

import org.jspecify.annotations.NullMarked;
