package dev.slipway.local.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A folder that will be some process's {@code /}. Paths are resolved as that process would see
 * them: links lead to places below the folder, whatever they say, so nothing is written outside.
 */
final class Rootfs {

  private static final int MAX_LINKS = 40;

  private final Path root;

  Rootfs(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  /**
   * Where {@code name} is, its parents' links followed and its own not. {@code ..} stops at the
   * root.
   *
   * @throws IOException when there are too many links or a parent is a plain file
   */
  Path locate(String name) throws IOException {
    return locate(name, false);
  }

  /** Where {@code name} leads, its own link followed too. */
  Path follow(String name) throws IOException {
    return locate(name, true);
  }

  private Path locate(String name, boolean followLast) throws IOException {
    if (name.indexOf('\0') >= 0) {
      throw new IOException("a path holds a NUL");
    }
    Deque<String> left = new ArrayDeque<>();
    push(left, name);
    Path at = root;
    int links = 0;
    while (!left.isEmpty()) {
      String part = left.pop();
      if (part.equals("..")) {
        at = at.equals(root) ? root : parent(at);
        continue;
      }
      Path next = at.resolve(part);
      boolean last = left.isEmpty();
      if (Files.isSymbolicLink(next) && (!last || followLast)) {
        if (++links > MAX_LINKS) {
          throw new IOException("too many links in " + name);
        }
        String target = Files.readSymbolicLink(next).toString();
        push(left, target);
        at = target.startsWith("/") ? root : at;
      } else {
        at = next;
      }
    }
    return at;
  }

  private static void push(Deque<String> left, String path) {
    String[] parts = path.split("/", -1);
    for (int i = parts.length - 1; i >= 0; i--) {
      if (!parts[i].isEmpty() && !parts[i].equals(".")) {
        left.push(parts[i]);
      }
    }
  }

  /** The folder of a path below a root; such a path has one. */
  static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent());
  }

  /** Makes {@code folder} and what leads to it; a plain file in the way is replaced. */
  void makeFolder(Path folder) throws IOException {
    if (folder.equals(root) || Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    makeFolder(parent(folder));
    Files.deleteIfExists(folder);
    Files.createDirectory(folder);
  }

  /** Removes {@code path} and all below it; links are removed, not followed. */
  static void delete(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
