package dev.slipway.local.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The contents of objects, a file each: {@code content/GENERATION} once kept, {@code staged/NAME}
 * before. A kept file never changes.
 */
final class Contents {

  static final int BUFFER_BYTES = 64 << 10;

  private final Path kept;
  private final Path staged;

  Contents(Path folder) {
    try {
      kept = Files.createDirectories(folder.resolve("content"));
      staged = Files.createDirectories(folder.resolve("staged"));
    } catch (IOException e) {
      throw failed("make the folders for contents in " + folder, e);
    }
  }

  /**
   * Content that is on disk but no object's yet; closing it throws away what was not kept.
   *
   * @param file where it is
   */
  record Staged(Path file, Content content) implements AutoCloseable {

    @Override
    public void close() {
      remove(file);
    }
  }

  /** Reads {@code in} to its end into a file of its own. */
  Staged stage(InputStream in) {
    return stage(List.of(() -> in));
  }

  /** Joins the contents of {@code parts}, in their order. */
  Staged join(List<ObjectVersion> parts) {
    return stage(
        parts.stream().map(part -> (Source) () -> open(part.generation(), 0)).toList());
  }

  @FunctionalInterface
  private interface Source {
    InputStream open() throws IOException;
  }

  private Staged stage(List<Source> sources) {
    Path file = staged.resolve(UUID.randomUUID().toString());
    Checksums checksums = new Checksums();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = Channels.newOutputStream(channel);
      for (Source source : sources) {
        try (InputStream in = source.open()) {
          checksums.copy(in, out);
        }
      }
      channel.force(true);
    } catch (IOException e) {
      remove(file);
      throw failed("write " + file, e);
    } catch (RuntimeException e) {
      remove(file);
      throw e;
    }
    return new Staged(file, checksums.content());
  }

  /** The same content once more, for another object: a second link to the file where possible. */
  Staged again(ObjectVersion version) {
    Path file = staged.resolve(UUID.randomUUID().toString());
    Path from = file(version.generation());
    try {
      try {
        Files.createLink(file, from);
      } catch (UnsupportedOperationException | IOException noLinksHere) {
        Files.copy(from, file);
      }
    } catch (IOException e) {
      throw failed("copy " + from, e);
    }
    return new Staged(file, version.content());
  }

  /** The file an upload session gathers its content in. */
  Path gathering(String session) {
    return staged.resolve(session);
  }

  /** Takes a gathered file as it stands; it is read once more for its checksums. */
  Staged gathered(Path file) {
    Checksums checksums = new Checksums();
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      checksums.copy(Channels.newInputStream(channel), OutputStream.nullOutputStream());
      channel.force(true);
    } catch (IOException e) {
      throw failed("read " + file, e);
    }
    return new Staged(file, checksums.content());
  }

  /** Gives staged content its place under {@code generation}. */
  void keep(Staged content, long generation) {
    try {
      Files.move(content.file(), file(generation), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed("move " + content.file() + " to its place", e);
    }
  }

  /**
   * Opens the content of a generation.
   *
   * @throws NoSuchFileException when the generation was deleted in the meantime
   */
  InputStream open(long generation, long offset) throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(file(generation));
    try {
      channel.position(offset);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return Channels.newInputStream(channel);
  }

  void discard(long generation) {
    remove(file(generation));
  }

  /** Removes what a crash left behind: kept files of no object, staged files of no session. */
  void sweep(Predicate<String> isGeneration, Predicate<String> isSession) {
    try (Stream<Path> files = Files.list(kept);
        Stream<Path> leftovers = Files.list(staged)) {
      files.filter(file -> !isGeneration.test(name(file))).forEach(Contents::remove);
      leftovers.filter(file -> !isSession.test(name(file))).forEach(Contents::remove);
    } catch (IOException e) {
      throw failed("look through " + kept, e);
    }
  }

  static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed("delete " + file, e);
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private Path file(long generation) {
    return kept.resolve(Long.toString(generation));
  }

  private static UncheckedIOException failed(String what, IOException e) {
    return new UncheckedIOException("Tried to " + what + " but failed: " + e.getMessage(), e);
  }
}
