@NullMarked
package dev.slipway.cli.pack;

import org.jspecify.annotations.NullMarked;
