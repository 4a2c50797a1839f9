/** Telling people: one message a release, brought up to date as it moves. */
@NullMarked
package dev.slipway.notify;

import org.jspecify.annotations.NullMarked;
