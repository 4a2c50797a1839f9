/** Requests and replies as values, so that everything but the wire can be tested without one. */
@NullMarked
package dev.slipway.console.http;

import org.jspecify.annotations.NullMarked;
