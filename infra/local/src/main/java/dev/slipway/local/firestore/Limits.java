package dev.slipway.local.firestore;

import com.google.firestore.v1.Document;
import com.google.firestore.v1.Value;
import dev.slipway.local.server.Calls;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a document may not exceed: 1 MiB as Google counts it, maps and arrays 20 deep, field names
 * of 1500 bytes, no array directly in an array.
 */
final class Limits {

  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 20;
  private static final int MAX_FIELD_NAME = 1500;
  private static final Pattern RESERVED = Pattern.compile("__.*__", Pattern.DOTALL);

  private Limits() {}

  /** Refuses, with INVALID_ARGUMENT, a document that cannot be stored. */
  static void check(DocumentName name, Document document) {
    checkFields(name, document.getFieldsMap(), 0);
    long size = 32 + nameSize(name.path()) + fieldsSize(document.getFieldsMap());
    if (size > MAX_BYTES) {
      throw Calls.invalid(
          "Document '%s' cannot be written because its size (%,d bytes) exceeds the maximum allowed size of %,d bytes."
              .formatted(name, size, MAX_BYTES));
    }
  }

  private static void checkFields(DocumentName name, Map<String, Value> fields, int depth) {
    fields.forEach(
        (field, value) -> {
          checkFieldName(name, field, depth);
          checkValue(name, field, value, depth);
        });
  }

  private static void checkFieldName(DocumentName name, String field, int depth) {
    if (field.isEmpty()) {
      throw Calls.invalid("Document '%s' has a field without a name.".formatted(name));
    }
    if (RESERVED.matcher(field).matches() && !(depth > 0 && field.equals("__type__"))) {
      throw Calls.invalid(
          "Field name \"%s\" of document '%s' is reserved.".formatted(field, name));
    }
    if (Utf8.length(field) > MAX_FIELD_NAME) {
      throw Calls.invalid(
          "Document '%s' has a field name longer than %d bytes.".formatted(name, MAX_FIELD_NAME));
    }
  }

  private static void checkValue(DocumentName name, String field, Value value, int depth) {
    switch (value.getValueTypeCase()) {
      case MAP_VALUE -> {
        checkDepth(name, field, depth + 1);
        checkFields(name, value.getMapValue().getFieldsMap(), depth + 1);
      }
      case ARRAY_VALUE -> {
        checkDepth(name, field, depth + 1);
        for (Value element : value.getArrayValue().getValuesList()) {
          if (element.hasArrayValue()) {
            throw Calls.invalid(
                "Property %s contains an invalid nested entity: an array directly in an array."
                    .formatted(field));
          }
          checkValue(name, field, element, depth + 1);
        }
      }
      case VALUETYPE_NOT_SET,
          FIELD_REFERENCE_VALUE,
          VARIABLE_REFERENCE_VALUE,
          FUNCTION_VALUE,
          PIPELINE_VALUE ->
          throw Calls.invalid("Property %s has no value that can be stored.".formatted(field));
      default -> {}
    }
  }

  private static void checkDepth(DocumentName name, String field, int depth) {
    if (depth > MAX_DEPTH) {
      throw Calls.invalid(
          "Property %s of document '%s' contains an invalid nested entity: maps and arrays may be %d deep."
              .formatted(field, name, MAX_DEPTH));
    }
  }

  private static long nameSize(String path) {
    long size = 16;
    for (String segment : path.split("/", -1)) {
      size += Utf8.length(segment) + 1;
    }
    return size;
  }

  private static long fieldsSize(Map<String, Value> fields) {
    long size = 0;
    for (Map.Entry<String, Value> field : fields.entrySet()) {
      size += Utf8.length(field.getKey()) + 1 + size(field.getValue());
    }
    return size;
  }

  private static long size(Value value) {
    return switch (value.getValueTypeCase()) {
      case INTEGER_VALUE, DOUBLE_VALUE, TIMESTAMP_VALUE -> 8;
      case STRING_VALUE -> Utf8.length(value.getStringValue()) + 1;
      case BYTES_VALUE -> value.getBytesValue().size();
      case REFERENCE_VALUE -> nameSize(value.getReferenceValue());
      case GEO_POINT_VALUE -> 16;
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream().mapToLong(Limits::size).sum();
      case MAP_VALUE -> fieldsSize(value.getMapValue().getFieldsMap());
      default -> 1;
    };
  }
}
