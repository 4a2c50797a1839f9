@NullMarked
package dev.slipway.cli.env;

import org.jspecify.annotations.NullMarked;
