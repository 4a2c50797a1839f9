/** Google Cloud Firestore (native mode) as the laptop cloud serves it. */
@NullMarked
package dev.slipway.local.firestore;

import org.jspecify.annotations.NullMarked;
