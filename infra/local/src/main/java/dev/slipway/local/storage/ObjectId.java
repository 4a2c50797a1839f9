package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

/** An object's bucket and name. */
record ObjectId(String bucket, String name) {

  private static final int MAX_NAME_BYTES = 1024;

  /** What a client names for writing: the name is held to Google's rules. */
  static ObjectId checked(String bucket, String name) {
    boolean bad =
        name.isEmpty()
            || name.getBytes(UTF_8).length > MAX_NAME_BYTES
            || name.equals(".")
            || name.equals("..")
            || name.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0);
    if (bad) {
      throw ApiException.invalid(
          "Invalid object name: 1 to 1024 bytes of UTF-8 without line breaks or NUL, not . or ..");
    }
    return new ObjectId(bucket, name);
  }

  /** {@code BUCKET/NAME}. */
  @Override
  public String toString() {
    return bucket + "/" + name;
  }
}
