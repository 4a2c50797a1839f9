@NullMarked
package dev.slipway.log;

import org.jspecify.annotations.NullMarked;
