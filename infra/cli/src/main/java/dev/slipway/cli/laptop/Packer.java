package dev.slipway.cli.laptop;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** Packs a crate's folder into a gzipped tar, of the files cargo would package. */
public final class Packer {

  private static final int EXECUTABLE = 0755;
  private static final int PLAIN = 0644;

  private Packer() {}

  /**
   * Packs {@code folder} into a temporary file.
   *
   * @throws Failure when it holds no crate
   */
  public static Path pack(Path folder) {
    if (!Files.isRegularFile(folder.resolve("Cargo.toml"))) {
      throw new Failure(
          "Tried to pack %s but it has no Cargo.toml. Name the folder of a crate.".formatted(folder));
    }
    if (!Files.isRegularFile(folder.resolve("Cargo.lock"))) {
      throw new Failure(
          ("Tried to pack %s but it has no Cargo.lock, so its dependencies are not pinned. Run 'cargo"
                  + " generate-lockfile' there; of a workspace, push the root.")
              .formatted(folder));
    }
    try {
      Path archive = Files.createTempFile("slipway-push-", ".tar.gz");
      write(folder, files(folder), archive);
      return archive;
    } catch (IOException e) {
      throw new Failure("Tried to pack %s but failed: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private static void write(Path folder, List<Path> files, Path archive) throws IOException {
    try (OutputStream file = Files.newOutputStream(archive);
        TarArchiveOutputStream tar =
            new TarArchiveOutputStream(new GzipCompressorOutputStream(file), "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      for (Path path : files) {
        TarArchiveEntry entry =
            new TarArchiveEntry(path.toString().replace('\\', '/'));
        Path source = folder.resolve(path);
        entry.setSize(Files.size(source));
        entry.setMode(isExecutable(source) ? EXECUTABLE : PLAIN);
        tar.putArchiveEntry(entry);
        Files.copy(source, tar);
        tar.closeArchiveEntry();
      }
    }
  }

  private static boolean isExecutable(Path file) throws IOException {
    return Files.getFileStore(file).supportsFileAttributeView("posix")
        && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
  }

  /**
   * Cargo's own list where cargo gives one: it knows about include, exclude and .gitignore. But it
   * leaves out every crate below: what holds several (a workspace, vendored dependencies) is packed
   * whole.
   */
  private static List<Path> files(Path folder) throws IOException {
    List<Path> all = walked(folder);
    boolean single = all.stream().filter(file -> file.endsWith("Cargo.toml")).count() == 1;
    List<Path> listed = single ? listedByCargo(folder) : List.of();
    return listed.isEmpty() ? all : listed;
  }

  private static List<Path> listedByCargo(Path folder) throws IOException {
    Path list = Files.createTempFile("slipway-list-", ".txt");
    try {
      Process cargo =
          new ProcessBuilder("cargo", "package", "--list", "--allow-dirty", "--offline")
              .directory(folder.toFile())
              .redirectOutput(list.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean done = cargo.waitFor(1, TimeUnit.MINUTES) && cargo.exitValue() == 0;
      if (!done) {
        cargo.destroyForcibly();
        return List.of();
      }
      // The list also names what cargo would make up itself; only what is there can be packed.
      return Files.readAllLines(list).stream()
          .map(Path::of)
          .filter(path -> Files.isRegularFile(folder.resolve(path)))
          .toList();
    } catch (IOException noCargo) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted while cargo listed the crate's files", e);
    } finally {
      Files.deleteIfExists(list);
    }
  }

  private static List<Path> walked(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(folder::relativize)
          .filter(Packer::isSource)
          .sorted()
          .toList();
    }
  }

  private static boolean isSource(Path path) {
    for (Path part : path) {
      String name = part.toString();
      if (name.equals("target") || name.equals(".git") || name.equals(".slipway")) {
        return false;
      }
    }
    return true;
  }
}
