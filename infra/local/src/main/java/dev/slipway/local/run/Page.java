package dev.slipway.local.run;

import dev.slipway.local.server.Calls;
import java.util.List;
import java.util.function.Function;

/** One page of a list; the token is the name the last page ended with. */
record Page<T>(List<T> items, String nextToken) {

  private static final int DEFAULT_SIZE = 100;
  private static final int MAX_SIZE = 1000;

  static <T> Page<T> of(List<T> all, Function<T, String> name, int size, String token) {
    int from = 0;
    if (!token.isEmpty()) {
      from = 1 + all.stream().map(name).toList().indexOf(token);
      if (from == 0) {
        throw Calls.invalid("The page token is not valid here; begin anew without one.");
      }
    }
    int wanted = size <= 0 ? DEFAULT_SIZE : Math.min(size, MAX_SIZE);
    int to = Math.min(all.size(), from + wanted);
    List<T> items = all.subList(from, to);
    return new Page<>(items, to < all.size() ? name.apply(items.getLast()) : "");
  }
}
