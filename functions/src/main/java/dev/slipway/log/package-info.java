/** Logs as Google Cloud Logging reads them: one line of JSON a record, with the release it is about. */
@NullMarked
package dev.slipway.log;

import org.jspecify.annotations.NullMarked;
