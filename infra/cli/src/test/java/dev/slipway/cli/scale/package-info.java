@NullMarked
package dev.slipway.cli.scale;

import org.jspecify.annotations.NullMarked;
