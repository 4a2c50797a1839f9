package dev.slipway.local.firestore;

import com.google.firestore.v1.Document;
import com.google.firestore.v1.DocumentMask;
import com.google.firestore.v1.Value;
import java.util.HashMap;
import java.util.Map;

/** What document masks do: choose the fields to answer with, and the fields to write. */
final class Masks {

  private Masks() {}

  /** The document with only the fields {@code mask} names. */
  static Document project(Document document, DocumentMask mask) {
    Map<String, Value> kept = new HashMap<>();
    for (String text : mask.getFieldPathsList()) {
      FieldPath path = FieldPath.parse(text);
      Value value = path.in(document.getFieldsMap());
      if (value != null) {
        path.put(kept, value);
      }
    }
    return document.toBuilder().clearFields().putAllFields(kept).build();
  }

  /** The fields after those {@code mask} names were taken from {@code update}; absent ones go. */
  static Map<String, Value> merge(
      Map<String, Value> stored, Map<String, Value> update, DocumentMask mask) {
    Map<String, Value> merged = new HashMap<>(stored);
    for (String text : mask.getFieldPathsList()) {
      FieldPath path = FieldPath.parse(text);
      path.put(merged, path.in(update));
    }
    return merged;
  }
}
