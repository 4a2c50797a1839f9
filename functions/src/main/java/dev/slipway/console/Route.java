package dev.slipway.console;

import dev.slipway.console.http.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is answered where.
 *
 * @param method {@code GET}, which answers HEAD as well, or {@code POST}
 * @param template a path with names for what varies: {@code /releases/{release}/log}
 * @param answer answers a call
 */
record Route(String method, String template, Function<Call, Reply> answer) {

  static Route get(String template, Function<Call, Reply> answer) {
    return new Route("GET", template, answer);
  }

  static Route post(String template, Function<Call, Reply> answer) {
    return new Route("POST", template, answer);
  }

  /** What stands where the template has names; empty when the path is another. */
  Optional<Map<String, String>> match(String path) {
    List<String> names = List.of(template.split("/", -1));
    List<String> parts = List.of(path.split("/", -1));
    if (names.size() != parts.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.startsWith("{")) {
        values.put(name.substring(1, name.length() - 1), parts.get(i));
      } else if (!name.equals(parts.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }
}
