/** Cloud Storage: the JSON API over HTTP, contents in files, everything else in the state. */
@NullMarked
package dev.slipway.local.storage;

import org.jspecify.annotations.NullMarked;
