/** Uploads archives so that what was interrupted goes on where it was. */
@NullMarked
package dev.slipway.cli.upload;

import org.jspecify.annotations.NullMarked;
