package dev.slipway.source;

import java.util.List;

/**
 * A workspace's glob: {@code *} and {@code ?} within one folder's name, {@code **} through any
 * number of folders. Matching takes time in proportion to both texts, whoever wrote the glob.
 */
record Glob(String pattern) {

  private static final int MAX_PARTS = 64;

  static boolean isGlob(String path) {
    return path.indexOf('*') >= 0 || path.indexOf('?') >= 0;
  }

  boolean matches(String path) {
    List<String> globs = List.of(pattern.split("/", -1));
    List<String> parts = List.of(path.split("/", -1));
    if (globs.size() > MAX_PARTS || parts.size() > MAX_PARTS) {
      return false;
    }
    boolean[] reached = new boolean[parts.size() + 1];
    reached[0] = true;
    for (String glob : globs) {
      boolean[] next = new boolean[parts.size() + 1];
      boolean deep = glob.equals("**");
      for (int i = 0; i <= parts.size(); i++) {
        boolean through = deep && (reached[i] || (i > 0 && next[i - 1]));
        boolean one = !deep && i > 0 && reached[i - 1] && part(glob, parts.get(i - 1));
        next[i] = through || one;
      }
      reached = next;
    }
    return reached[parts.size()];
  }

  /** One name: on a mismatch the last star takes one character more. */
  private static boolean part(String glob, String name) {
    int g = 0;
    int n = 0;
    int star = -1;
    int from = 0;
    while (n < name.length()) {
      if (g < glob.length() && glob.charAt(g) == '*') {
        star = g++;
        from = n;
      } else if (g < glob.length() && (glob.charAt(g) == '?' || glob.charAt(g) == name.charAt(n))) {
        g++;
        n++;
      } else if (star >= 0) {
        g = star + 1;
        n = ++from;
      } else {
        return false;
      }
    }
    while (g < glob.length() && glob.charAt(g) == '*') {
      g++;
    }
    return g == glob.length();
  }
}
