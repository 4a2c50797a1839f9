@NullMarked
package dev.slipway.local.builds.host;

import org.jspecify.annotations.NullMarked;
