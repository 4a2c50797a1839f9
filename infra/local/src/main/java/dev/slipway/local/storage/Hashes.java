package dev.slipway.local.storage;

import com.google.gson.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The checksums a client says its content has, base64; null for those it does not give. */
record Hashes(@Nullable String crc32c, @Nullable String md5) {

  /** {@code crc32c} and {@code md5Hash} of an Object resource. */
  static Hashes fromJson(JsonObject resource) {
    return new Hashes(Json.text(resource, "crc32c"), Json.text(resource, "md5Hash"));
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("crc32c", crc32c);
    json.addProperty("md5Hash", md5);
    return json;
  }

  /** {@code x-goog-hash: crc32c=..,md5=..}, as one header or several joined by commas. */
  static Hashes ofHeader(@Nullable String header) {
    String crc32c = null;
    String md5 = null;
    for (String part : header == null ? new String[0] : header.split(",", -1)) {
      String[] pair = part.strip().split("=", 2);
      if (pair.length == 2) {
        switch (pair[0].toLowerCase(Locale.ROOT)) {
          case "crc32c" -> crc32c = pair[1];
          case "md5" -> md5 = pair[1];
          default -> {} // Google ignores hashes it does not know, too.
        }
      }
    }
    return new Hashes(crc32c, md5);
  }

  /** These, and what they lack from {@code others}. */
  Hashes or(Hashes others) {
    return new Hashes(
        crc32c == null ? others.crc32c : crc32c, md5 == null ? others.md5 : md5);
  }

  /**
   * Compares with what the content turned out to be.
   *
   * @throws ApiException 400 when {@code content} has others
   */
  void check(Content content) {
    compare("CRC32C", crc32c, content.crc32c());
    if (content.md5() != null) {
      compare("MD5", md5, content.md5());
    }
  }

  private static void compare(String what, @Nullable String said, String computed) {
    if (said != null && !said.equals(computed)) {
      throw ApiException.invalid(
          "Provided %s \"%s\" doesn't match calculated %s \"%s\"."
              .formatted(what, said, what, computed));
    }
  }
}
