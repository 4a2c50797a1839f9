@NullMarked
package dev.slipway.local.events;

import org.jspecify.annotations.NullMarked;
