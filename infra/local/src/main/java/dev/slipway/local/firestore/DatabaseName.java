package dev.slipway.local.firestore;

import dev.slipway.local.server.Calls;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a database: {@code projects/P/databases/D}, D being {@code (default)} or an id. */
record DatabaseName(String project, String database) {

  private static final Pattern SHAPE =
      Pattern.compile("projects/([^/]+)/databases/([^/]+)(?:/documents(?:/.*)?)?", Pattern.DOTALL);

  /**
   * The database of {@code name}, which is that of a database or of anything in one.
   *
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT
   */
  static DatabaseName of(String name) {
    Matcher matcher = SHAPE.matcher(name);
    if (!matcher.matches()) {
      throw Calls.invalid(
          "Resource name \"%s\" must begin with projects/PROJECT/databases/DATABASE."
              .formatted(name));
    }
    return new DatabaseName(matcher.group(1), matcher.group(2));
  }

  /** Where its documents are: {@code projects/P/databases/D/documents}. */
  String root() {
    return this + "/documents";
  }

  /**
   * The path below the root of a parent: empty for the root, {@code col/doc...} for a document.
   *
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT
   */
  String parentPath(String parent) {
    if (parent.equals(root()) || parent.equals(root() + "/")) {
      return "";
    }
    return DocumentName.of(this, parent).path();
  }

  @Override
  public String toString() {
    return "projects/" + project + "/databases/" + database;
  }
}
