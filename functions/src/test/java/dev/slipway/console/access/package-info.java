@NullMarked
package dev.slipway.console.access;

import org.jspecify.annotations.NullMarked;
