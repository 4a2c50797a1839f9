/** Cloud Logging: what services of the laptop cloud logged, read with Google's query language. */
@NullMarked
package dev.slipway.local.logging;

import org.jspecify.annotations.NullMarked;
