package dev.slipway.local.builds.host;

import dev.slipway.local.builds.work.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What earlier builds of the archive's own packages left in a target folder: cargo's notes of them
 * ({@code .fingerprint/NAME-HASH}), without which it compiles them anew, and what their build
 * scripts wrote ({@code build/NAME-HASH}). Compiled dependencies stay.
 *
 * <p>{@code cargo clean -p} does the same for a twentieth of a second of every build. Should cargo
 * lay its folder out differently one day, nothing is deleted here, and what it then takes over from
 * an earlier build is noticed by {@link CargoEvents#stale}.
 *
 * @param target cargo's target folder; need not exist
 */
record Leftovers(Path target) {

  /** From the target folder down: {@code [TRIPLE/]PROFILE/.fingerprint/NAME-HASH}. */
  private static final int DEEPEST = 4;

  /**
   * Deletes it.
   *
   * @param own the packages, {@code NAME@VERSION}
   */
  void forget(List<String> own) throws IOException {
    if (own.isEmpty() || !Files.isDirectory(target)) {
      return;
    }
    String names =
        own.stream()
            .map(each -> Pattern.quote(each.substring(0, each.indexOf('@'))))
            .collect(Collectors.joining("|"));
    Pattern theirs = Pattern.compile("(?:" + names + ")-[0-9a-f]{16}");
    List<Path> found;
    try (Stream<Path> all =
        Files.find(target, DEEPEST, (path, what) -> what.isDirectory() && is(path, theirs))) {
      found = all.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path each : found) {
      Folders.delete(each);
    }
  }

  private static boolean is(Path path, Pattern theirs) {
    Path kind = path.getParent();
    return kind != null
        && (kind.endsWith(".fingerprint") || kind.endsWith("build"))
        && theirs.matcher(path.getFileName().toString()).matches();
  }
}
