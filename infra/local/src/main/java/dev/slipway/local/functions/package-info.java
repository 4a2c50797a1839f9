@NullMarked
package dev.slipway.local.functions;

import org.jspecify.annotations.NullMarked;
