/** What every engine does alike: fetch the source, run programs, tell what came of the build. */
@NullMarked
package dev.slipway.local.builds.work;

import org.jspecify.annotations.NullMarked;
