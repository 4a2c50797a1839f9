@NullMarked
package dev.slipway.cli.upload;

import org.jspecify.annotations.NullMarked;
