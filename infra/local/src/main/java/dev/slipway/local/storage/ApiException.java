package dev.slipway.local.storage;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Map;

/** A request that is answered with an error: HTTP status, Google's reason word, and a message. */
final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;
  private final String reason;
  private final transient Map<String, String> headers;

  private ApiException(int status, String reason, String message, Map<String, String> headers) {
    super(message);
    this.status = status;
    this.reason = reason;
    this.headers = headers;
  }

  ApiException(int status, String reason, String message) {
    this(status, reason, message, Map.of());
  }

  static ApiException noBucket() {
    return new ApiException(404, "notFound", "The specified bucket does not exist.");
  }

  static ApiException noObject(ObjectId id) {
    return new ApiException(404, "notFound", "No such object: " + id);
  }

  static ApiException invalid(String message) {
    return new ApiException(400, "invalid", message);
  }

  static ApiException conflict(String message) {
    return new ApiException(409, "conflict", message);
  }

  static ApiException conditionNotMet() {
    return new ApiException(
        412,
        "conditionNotMet",
        "At least one of the pre-conditions you specified did not hold.");
  }

  /** 304: the answer to a read whose not-match condition named what is there. */
  static ApiException notModified() {
    return new ApiException(304, "notModified", "Not modified.");
  }

  static ApiException unsatisfiable(String range, long size) {
    return new ApiException(
        416,
        "requestedRangeNotSatisfiable",
        "The range %s lies outside the object, which has %d bytes.".formatted(range, size),
        Map.of("Content-Range", "bytes */" + size));
  }

  /** 501: the laptop cloud has no such method. */
  static ApiException unwritten(Request request) {
    return unwritten(request.method() + " " + String.join("/", request.path()));
  }

  /** 501: the laptop cloud lacks {@code what}. */
  static ApiException unwritten(String what) {
    return new ApiException(
        501, "notImplemented", "The laptop cloud's Cloud Storage does not offer: " + what);
  }

  int status() {
    return status;
  }

  Reply reply() {
    if (status == 304) {
      return Reply.empty(304);
    }
    JsonObject detail = new JsonObject();
    detail.addProperty("message", getMessage());
    detail.addProperty("domain", "global");
    detail.addProperty("reason", reason);
    JsonArray errors = new JsonArray();
    errors.add(detail);
    JsonObject error = new JsonObject();
    error.addProperty("code", status);
    error.addProperty("message", getMessage());
    error.add("errors", errors);
    JsonObject body = new JsonObject();
    body.add("error", error);
    return Reply.json(status, body).with(headers);
  }
}
