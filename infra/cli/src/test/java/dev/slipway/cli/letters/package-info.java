@NullMarked
package dev.slipway.cli.letters;

import org.jspecify.annotations.NullMarked;
