@NullMarked
package dev.slipway.local.server;

import org.jspecify.annotations.NullMarked;
