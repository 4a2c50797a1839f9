package dev.slipway.console;

import dev.slipway.console.http.Reply;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A route of the JSON API, with what its documentation says.
 *
 * @param summary what it answers, in a sentence
 * @param query the query parameters it knows
 * @param body what is sent to it
 * @param status of an answer that is no error
 * @param answer what it answers
 */
record ApiRoute(
    Route route,
    String summary,
    List<Parameter> query,
    Optional<Class<?>> body,
    int status,
    Shape answer) {

  /**
   * A query parameter.
   *
   * @param type {@code integer} or {@code string}
   */
  record Parameter(String name, String type, String description) {}

  /** A value of a class, or a list of such. */
  record Shape(Class<?> of, boolean list) {}

  static ApiRoute get(
      String template, String summary, Shape answer, Function<Call, Reply> handler) {
    return new ApiRoute(
        Route.get(template, handler), summary, List.of(), Optional.empty(), 200, answer);
  }

  static Shape one(Class<?> of) {
    return new Shape(of, false);
  }

  static Shape list(Class<?> of) {
    return new Shape(of, true);
  }

  ApiRoute asking(Parameter... parameters) {
    return new ApiRoute(route, summary, List.of(parameters), body, status, answer);
  }
}
