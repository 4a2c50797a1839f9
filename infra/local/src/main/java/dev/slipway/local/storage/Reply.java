package dev.slipway.local.storage;

import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One answer of the API.
 *
 * @param body closed by whoever sends it
 * @param length how many bytes of {@code body} to send; -1 for all of it
 */
record Reply(int status, Map<String, String> headers, InputStream body, long length) {

  static Reply json(JsonObject json) {
    return json(200, json);
  }

  static Reply json(int status, JsonObject json) {
    byte[] bytes = Json.bytes(json);
    return new Reply(
        status,
        Map.of("Content-Type", "application/json; charset=UTF-8"),
        new ByteArrayInputStream(bytes),
        bytes.length);
  }

  static Reply empty(int status) {
    return new Reply(status, Map.of(), InputStream.nullInputStream(), 0);
  }

  /** This reply with {@code more} headers. */
  Reply with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Reply(status, all, body, length);
  }
}
