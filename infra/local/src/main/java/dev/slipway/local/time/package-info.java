@NullMarked
package dev.slipway.local.time;

import org.jspecify.annotations.NullMarked;
