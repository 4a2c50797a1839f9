@NullMarked
package dev.slipway.cli.demo;

import org.jspecify.annotations.NullMarked;
