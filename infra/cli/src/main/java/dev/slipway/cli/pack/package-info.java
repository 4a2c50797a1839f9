/** Chooses a crate's files as cargo would, and packs them: the same files are the same bytes. */
@NullMarked
package dev.slipway.cli.pack;

import org.jspecify.annotations.NullMarked;
