@NullMarked
package dev.slipway.json;

import org.jspecify.annotations.NullMarked;
