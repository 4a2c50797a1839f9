package dev.slipway.local.registry;

import dev.slipway.local.server.Calls;
import java.util.List;

/** Cuts lists into pages; a page token is the index of the page's first element. */
final class Pages {

  private static final int LARGEST = 1000;

  private Pages() {}

  /**
   * One page.
   *
   * @param next the token of the page after it, {@code ""} on the last
   */
  record Page<T>(List<T> items, String next) {}

  static <T> Page<T> page(List<T> all, int size, String token) {
    int from;
    try {
      from = token.isEmpty() ? 0 : Integer.parseInt(token);
    } catch (NumberFormatException e) {
      throw Calls.invalid("invalid page token: '" + token + "'");
    }
    int start = Math.min(Math.max(from, 0), all.size());
    int end = (int) Math.min(all.size(), (long) start + pageSize(size));
    return new Page<>(all.subList(start, end), end < all.size() ? Integer.toString(end) : "");
  }

  private static int pageSize(int asked) {
    return asked <= 0 ? 100 : Math.min(asked, LARGEST);
  }
}
