package dev.slipway.local.firestore;

import dev.slipway.local.server.Calls;
import java.util.regex.Pattern;

/**
 * The name of a document.
 *
 * @param database the database it is in
 * @param collection the path of its collection below the root: {@code releases}, {@code
 *     releases/r1/events}
 * @param id its id within the collection
 */
record DocumentName(DatabaseName database, String collection, String id)
    implements Comparable<DocumentName> {

  private static final int MAX_ID_BYTES = 1500;
  private static final int MAX_NAME_BYTES = 6 * 1024;
  private static final Pattern RESERVED = Pattern.compile("__.*__", Pattern.DOTALL);
  private static final Pattern NUMERIC = Pattern.compile("__id-?\\d{1,19}__");

  /**
   * Reads a full name, which must be in {@code database}.
   *
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT
   */
  static DocumentName of(DatabaseName database, String full) {
    String prefix = database.root() + "/";
    if (!full.startsWith(prefix)) {
      throw Calls.invalid(
          "Document name \"%s\" is not in the database of the request, %s."
              .formatted(full, database));
    }
    String path = full.substring(prefix.length());
    String[] segments = path.split("/", -1);
    if (segments.length % 2 != 0) {
      throw Calls.invalid(
          "Document name \"%s\" names a collection: it has an odd number of segments."
              .formatted(full));
    }
    for (String segment : segments) {
      requireId(segment, full);
    }
    if (Utf8.length(path) > MAX_NAME_BYTES) {
      throw Calls.invalid("Document name is longer than %d bytes.".formatted(MAX_NAME_BYTES));
    }
    int slash = path.lastIndexOf('/');
    return new DocumentName(database, path.substring(0, slash), path.substring(slash + 1));
  }

  /** Refuses what cannot be the id of a document or of a collection. */
  static void requireId(String id, String full) {
    if (id.isEmpty() || id.equals(".") || id.equals("..") || id.indexOf('/') >= 0) {
      throw Calls.invalid(
          "Resource id \"%s\" in \"%s\" is invalid: it may not be empty, \".\", \"..\" or hold a slash."
              .formatted(id, full));
    }
    if (RESERVED.matcher(id).matches() && !NUMERIC.matcher(id).matches()) {
      throw Calls.invalid(
          "Resource id \"%s\" in \"%s\" is invalid because it is reserved.".formatted(id, full));
    }
    if (Utf8.length(id) > MAX_ID_BYTES) {
      throw Calls.invalid("Resource id is longer than %d bytes.".formatted(MAX_ID_BYTES));
    }
  }

  /** The order of two slash-separated paths, segment by segment. */
  static int comparePaths(String left, String right) {
    String[] a = left.split("/", -1);
    String[] b = right.split("/", -1);
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      int order = compareSegments(a[i], b[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.length, b.length);
  }

  /** Numeric ids come first, in order of their number; then strings. */
  static int compareSegments(String left, String right) {
    boolean leftNumeric = left.startsWith("__id") && NUMERIC.matcher(left).matches();
    boolean rightNumeric = right.startsWith("__id") && NUMERIC.matcher(right).matches();
    if (leftNumeric && rightNumeric) {
      return Long.compare(number(left), number(right));
    }
    return leftNumeric ? -1 : rightNumeric ? 1 : Utf8.compare(left, right);
  }

  private static long number(String id) {
    return Long.parseLong(id.substring("__id".length(), id.length() - "__".length()));
  }

  /** The last segment of the collection's path. */
  String collectionId() {
    return collection.substring(collection.lastIndexOf('/') + 1);
  }

  /** The path below the root. */
  String path() {
    return collection + "/" + id;
  }

  @Override
  public int compareTo(DocumentName other) {
    int order = database.toString().compareTo(other.database.toString());
    return order != 0 ? order : comparePaths(path(), other.path());
  }

  @Override
  public String toString() {
    return database.root() + "/" + path();
  }
}
