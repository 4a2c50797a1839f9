package dev.slipway.cli.pack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Folders as they lie on the disk, without what is never a crate's. */
final class Tree {

  private static final Set<String> VERSION_CONTROL =
      Set.of(".git", ".hg", ".svn", ".jj", ".slipway");

  private Tree() {}

  /** What a folder holds, by name. */
  static List<Path> children(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to look into %s but failed".formatted(folder), e);
    }
  }

  /**
   * Whether a folder or file is never packed: version control's, the laptop cloud's, and what
   * cargo builds into.
   */
  static boolean isNever(Path path) {
    String name = String.valueOf(path.getFileName());
    return VERSION_CONTROL.contains(name) || isTarget(path, name);
  }

  private static boolean isTarget(Path path, String name) {
    Path parent = path.getParent();
    return name.equals("target")
        && Files.isDirectory(path)
        && ((parent != null && Crates.isIn(parent)) || Files.exists(path.resolve("CACHEDIR.TAG")));
  }

  /** Visits a folder and every one below it, along no links. */
  static void folders(Path root, Consumer<Path> visit) {
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              if (!folder.equals(root) && isNever(folder)) {
                return FileVisitResult.SKIP_SUBTREE;
              }
              visit.accept(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to look through %s but failed".formatted(root), e);
    }
  }
}
