@NullMarked
package dev.slipway.local.state;

import org.jspecify.annotations.NullMarked;
