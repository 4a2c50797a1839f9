package dev.slipway.local.firestore;

import com.google.firestore.v1.Document;
import org.jspecify.annotations.Nullable;

/**
 * What a commit did to one document.
 *
 * @param after the document as it now stands, null once it is deleted
 */
record Change(DocumentName name, @Nullable Document after) {}
