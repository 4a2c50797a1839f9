@NullMarked
package dev.slipway.local.operations;

import org.jspecify.annotations.NullMarked;
