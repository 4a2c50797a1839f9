package dev.slipway.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Paths within an upload: parts joined by {@code /}, the root being {@code ""}. */
final class Paths {

  private Paths() {}

  static String join(String folder, String name) {
    return folder.isEmpty() ? name : name.isEmpty() ? folder : folder + "/" + name;
  }

  /** Where a relative path leads from a folder; nothing where it leads out of the upload. */
  static Optional<String> resolve(String folder, String relative) {
    boolean windows = relative.indexOf('\\') >= 0 || relative.matches("[A-Za-z]:.*");
    if (windows || relative.startsWith("/")) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    for (String part : List.of((folder + "/" + relative).split("/", -1))) {
      if (part.equals("..")) {
        if (parts.isEmpty()) {
          return Optional.empty();
        }
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return Optional.of(String.join("/", parts));
  }

  /** Whether a path is a folder or lies below it. */
  static boolean isWithin(String inner, String outer) {
    return outer.isEmpty() || inner.equals(outer) || inner.startsWith(outer + "/");
  }
}
