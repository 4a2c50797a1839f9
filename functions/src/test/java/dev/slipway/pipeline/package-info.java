@NullMarked
package dev.slipway.pipeline;

import org.jspecify.annotations.NullMarked;
