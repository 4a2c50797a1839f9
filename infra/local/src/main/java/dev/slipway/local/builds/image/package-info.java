@NullMarked
package dev.slipway.local.builds.image;

import org.jspecify.annotations.NullMarked;
