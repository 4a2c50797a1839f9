@NullMarked
package dev.slipway.local.builds;

import org.jspecify.annotations.NullMarked;
