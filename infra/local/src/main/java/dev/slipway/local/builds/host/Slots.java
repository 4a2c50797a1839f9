package dev.slipway.local.builds.host;

import dev.slipway.local.builds.work.Folders;
import dev.slipway.local.builds.work.LastProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folders builds work in, {@code FOLDER/SLOT/{src,target,home,tmp,out}}. The target folder
 * stays, and what is known of the crate, so that the next build finds the dependencies compiled; a
 * build whose slot is in use gets another one rather than waiting. What a killed cloud left running
 * in a slot is ended when it is taken.
 */
final class Slots {

  private static final int MOST_IDLE = 12;

  private final Path folder;
  private final Set<Path> busy = new HashSet<>();

  Slots(Path folder) {
    this.folder = folder;
  }

  /** One slot in use; closing it lets the next build have it. */
  final class Slot implements AutoCloseable {

    private final Path path;

    private Slot(Path path) {
      this.path = path;
    }

    /** All of it. */
    Path root() {
      return path;
    }

    Path source() {
      return path.resolve("src");
    }

    Path target() {
      return path.resolve("target");
    }

    Path home() {
      return path.resolve("home");
    }

    Path temp() {
      return path.resolve("tmp");
    }

    Path out() {
      return path.resolve("out");
    }

    /** What is known of the crate that was last built here. */
    Path crate() {
      return path.resolve("crate.json");
    }

    private void prepare() throws IOException {
      new LastProgram(path).end();
      for (Path each : List.of(source(), home(), temp(), out())) {
        Folders.delete(each);
        Files.createDirectories(each);
      }
      Files.createDirectories(target());
    }

    @Override
    public void close() {
      release(path);
    }
  }

  /** The first free slot of that name, nothing in it but what stays. */
  Slot take(String name) throws IOException {
    Slot slot = new Slot(reserve(name));
    try {
      slot.prepare();
      forgetOldest();
      return slot;
    } catch (IOException | RuntimeException e) {
      slot.close();
      throw e;
    }
  }

  /** Compiled dependencies are large, and each change of Cargo.lock may ask for a slot of its own. */
  private synchronized void forgetOldest() throws IOException {
    List<Path> idle;
    try (Stream<Path> all = Files.list(folder)) {
      idle =
          all.filter(path -> !busy.contains(path))
              .sorted(Comparator.comparingLong((Path path) -> path.toFile().lastModified()).reversed())
              .toList();
    }
    for (Path old : idle.subList(Math.min(MOST_IDLE, idle.size()), idle.size())) {
      Folders.delete(old);
    }
  }

  private synchronized Path reserve(String name) {
    for (int i = 1; ; i++) {
      Path path = folder.resolve(i == 1 ? name : name + "-" + i);
      if (busy.add(path)) {
        return path;
      }
    }
  }

  private synchronized void release(Path path) {
    busy.remove(path);
  }
}
