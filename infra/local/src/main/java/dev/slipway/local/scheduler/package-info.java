@NullMarked
package dev.slipway.local.scheduler;

import org.jspecify.annotations.NullMarked;
