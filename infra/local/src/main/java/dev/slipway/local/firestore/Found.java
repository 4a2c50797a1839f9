package dev.slipway.local.firestore;

import com.google.firestore.v1.Document;
import com.google.firestore.v1.Value;
import org.jspecify.annotations.Nullable;

/**
 * A document that exists.
 *
 * @param name its name, read
 * @param document its content, with name and times
 */
record Found(DocumentName name, Document document) {

  /** The value of a field, the document's name being one; null where there is none. */
  @Nullable Value value(FieldPath path) {
    return path.isName()
        ? Value.newBuilder().setReferenceValue(document.getName()).build()
        : path.in(document.getFieldsMap());
  }
}
