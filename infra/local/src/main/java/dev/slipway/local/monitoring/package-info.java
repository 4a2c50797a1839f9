@NullMarked
package dev.slipway.local.monitoring;

import org.jspecify.annotations.NullMarked;
