@NullMarked
package dev.slipway.cli.simulate;

import org.jspecify.annotations.NullMarked;
