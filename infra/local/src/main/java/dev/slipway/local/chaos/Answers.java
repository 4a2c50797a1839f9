package dev.slipway.local.chaos;

import io.grpc.Status;

/** What failing calls are answered with. */
final class Answers {

  private Answers() {}

  static String usual(Place place) {
    return switch (place) {
      case RPC -> Status.Code.UNAVAILABLE.name();
      case HTTP, FUNCTION -> "503";
      case EVENT, MESSAGE -> "-";
    };
  }

  /**
   * Checks that a place can answer so.
   *
   * @throws IllegalArgumentException when it cannot
   */
  static void check(Place place, String status) {
    switch (place) {
      case RPC -> {
        if (grpc(status).isOk()) {
          throw new IllegalArgumentException("OK is no failure");
        }
      }
      case HTTP, FUNCTION -> {
        if (http(status) < 400) {
          throw new IllegalArgumentException(status + " is no failure: 400 to 599");
        }
      }
      case EVENT, MESSAGE -> {}
    }
  }

  static Status grpc(String status) {
    try {
      return Status.Code.valueOf(status).toStatus();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is no gRPC status: use one as UNAVAILABLE, ABORTED, INTERNAL".formatted(status), e);
    }
  }

  static int http(String status) {
    try {
      int code = Integer.parseInt(status);
      if (code < 100 || code > 599) {
        throw new IllegalArgumentException(code + " is no HTTP status");
      }
      return code;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is no HTTP status: use one as 503, 429".formatted(status), e);
    }
  }
}
