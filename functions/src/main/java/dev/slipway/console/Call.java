package dev.slipway.console;

import dev.slipway.console.access.Caller;
import dev.slipway.console.http.Request;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import java.util.Map;
import java.util.Optional;

/**
 * A request that has found its route, by somebody who may make it.
 *
 * @param path what stands in the path where its template has a name
 * @param token what the caller's forms must bring along
 */
record Call(Request request, Map<String, String> path, Caller caller, String token) {

  /**
   * The release the path names.
   *
   * @throws Refusal when that is no id of one
   */
  ReleaseId release() {
    return id(path.getOrDefault("release", ""));
  }

  private static ReleaseId id(String text) {
    try {
      return ReleaseId.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, String.valueOf(e.getMessage()));
    }
  }

  /**
   * The service the path names.
   *
   * @throws Refusal when none can be named so
   */
  ServiceName service() {
    return name(path.getOrDefault("service", ""));
  }

  private static ServiceName name(String text) {
    try {
      return new ServiceName(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, String.valueOf(e.getMessage()));
    }
  }

  /** The service a query asks for. */
  Optional<ServiceName> ofService() {
    return request.parameter("service").map(Call::name);
  }

  /** The release a query's page comes after. */
  Optional<ReleaseId> before() {
    return request.parameter("before").map(Call::id);
  }

  /**
   * A whole number a query says.
   *
   * @throws Refusal when it is none, or out of bounds
   */
  long number(String name, long min, long max, long otherwise) {
    Optional<String> text = request.parameter(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text.get());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException no) {
      // said below
    }
    throw new Refusal(400, "%s is a whole number, %d to %d".formatted(name, min, max));
  }
}
