package dev.slipway.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of one inspection's own, gone with everything in it when the inspection is over. */
final class WorkFolder implements AutoCloseable {

  private final Path path;

  private WorkFolder(Path path) {
    this.path = path;
  }

  static WorkFolder make() {
    try {
      return new WorkFolder(Files.createTempDirectory("slipway-source-"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a working folder: is the disk full?", e);
    }
  }

  Path path() {
    return path;
  }

  Path file(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the working folder " + path, e);
    }
  }
}
