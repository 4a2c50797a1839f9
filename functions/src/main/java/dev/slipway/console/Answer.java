package dev.slipway.console;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * What a request is answered with.
 *
 * @param status HTTP status code
 * @param body JSON; of an error {@code {"error":"..."}}
 */
public record Answer(int status, JsonElement body) {

  /** The body as it is sent. */
  public String text() {
    return body.toString();
  }

  static Answer of(JsonElement body) {
    return new Answer(200, body);
  }

  static Answer error(int status, String message) {
    JsonObject body = new JsonObject();
    body.addProperty("error", message);
    return new Answer(status, body);
  }
}
