/** The pages of the console, as HTML that can hold nothing it was not meant to. */
@NullMarked
package dev.slipway.console.page;

import org.jspecify.annotations.NullMarked;
