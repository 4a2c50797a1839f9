/** What functions, builds and services logged, as a person reads it. */
@NullMarked
package dev.slipway.cli.log;

import org.jspecify.annotations.NullMarked;
