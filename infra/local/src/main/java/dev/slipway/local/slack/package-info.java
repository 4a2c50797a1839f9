@NullMarked
package dev.slipway.local.slack;

import org.jspecify.annotations.NullMarked;
