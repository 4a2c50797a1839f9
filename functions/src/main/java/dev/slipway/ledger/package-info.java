/** The ledger of releases, in Firestore. */
@NullMarked
package dev.slipway.ledger;

import org.jspecify.annotations.NullMarked;
