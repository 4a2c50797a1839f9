@NullMarked
package dev.slipway.console.page;

import org.jspecify.annotations.NullMarked;
