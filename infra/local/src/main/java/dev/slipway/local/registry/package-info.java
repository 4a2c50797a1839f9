@NullMarked
package dev.slipway.local.registry;

import org.jspecify.annotations.NullMarked;
