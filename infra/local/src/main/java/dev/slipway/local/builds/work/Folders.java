package dev.slipway.local.builds.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders builds work in. */
public final class Folders {

  private Folders() {}

  /** Deletes a folder with all that is in it, where it is there. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  /** The same, but what cannot be deleted is left and said in the log. */
  public static void deleteQuietly(Path folder) {
    try {
      delete(folder);
    } catch (IOException e) {
      System.getLogger(Folders.class.getName())
          .log(System.Logger.Level.WARNING, "could not delete " + folder, e);
    }
  }
}
