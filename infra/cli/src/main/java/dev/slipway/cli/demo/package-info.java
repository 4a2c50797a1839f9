/** The demo: a story of three releases on the laptop cloud, told while it happens. */
@NullMarked
package dev.slipway.cli.demo;

import org.jspecify.annotations.NullMarked;
