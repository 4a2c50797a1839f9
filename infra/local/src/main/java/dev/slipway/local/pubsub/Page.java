package dev.slipway.local.pubsub;

import dev.slipway.local.server.Calls;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a listing in the order of names.
 *
 * @param nextToken the name of the last item, or empty where nothing follows
 */
record Page<T>(List<T> items, String nextToken) {

  private static final int DEFAULT_SIZE = 1000;

  /** The page of {@code sorted} that {@code size} (0: the default) and {@code token} ask for. */
  static <T> Page<T> of(List<T> sorted, Function<T, String> name, int size, String token) {
    if (size < 0) {
      throw Calls.invalid("page_size must not be negative, but is " + size + ".");
    }
    List<T> rest =
        sorted.stream().filter(item -> name.apply(item).compareTo(token) > 0).toList();
    int limit = size == 0 ? DEFAULT_SIZE : Math.min(size, DEFAULT_SIZE);
    if (rest.size() <= limit) {
      return new Page<>(rest, "");
    }
    List<T> items = rest.subList(0, limit);
    return new Page<>(items, name.apply(items.getLast()));
  }
}
