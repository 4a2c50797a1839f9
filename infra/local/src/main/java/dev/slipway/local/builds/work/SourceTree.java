package dev.slipway.local.builds.work;

import com.google.cloudbuild.v1.Build.FailureInfo.FailureType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks a source archive into an empty folder. Only files and folders, only inside, only so much;
 * and every file dated now: cargo takes a file older than its last build for unchanged, and
 * published crates are dated 2006.
 */
public final class SourceTree {

  private static final int MOST_ENTRIES = 20_000;
  private static final long MOST_BYTES = 512L << 20;

  private final Path root;
  private long bytes;
  private int entries;

  private SourceTree(Path root) {
    this.root = root;
  }

  /** Unpacks a {@code .tar.gz}, left open; a {@link Refusal} says what is wrong with it. */
  public static void unpack(InputStream archive, Path root) throws IOException {
    SourceTree tree = new SourceTree(root);
    TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(archive));
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      tree.add(entry, tar);
    }
    for (String file : new String[] {"Cargo.toml", "Cargo.lock"}) {
      if (!Files.isRegularFile(root.resolve(file))) {
        throw refusal("it has no %s at its root".formatted(file));
      }
    }
  }

  /**
   * Makes the crate its own workspace where a folder above, say the user's project, would be taken
   * for it.
   */
  public static void standAlone(Path root) throws IOException {
    Path manifest = root.resolve("Cargo.toml");
    if (isWorkspace(manifest)) {
      return;
    }
    for (Path above = root.getParent(); above != null; above = above.getParent()) {
      if (isWorkspace(above.resolve("Cargo.toml"))) {
        Files.writeString(manifest, "\n[workspace]\n", StandardOpenOption.APPEND);
        return;
      }
    }
  }

  private static boolean isWorkspace(Path manifest) throws IOException {
    return Files.isRegularFile(manifest)
        && Files.readString(manifest, StandardCharsets.UTF_8)
            .lines()
            .anyMatch(line -> line.strip().startsWith("[workspace"));
  }

  private void add(TarArchiveEntry entry, InputStream content) throws IOException {
    String name = entry.getName();
    Path path = root.resolve(name).normalize();
    if (++entries > MOST_ENTRIES) {
      throw refusal("it has more than %d entries".formatted(MOST_ENTRIES));
    }
    if (name.startsWith("/") || name.indexOf('\\') >= 0 || !path.startsWith(root)) {
      throw refusal("the entry '%s' leads out of it".formatted(name));
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
    } else if (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink()) {
      write(path, content);
      if ((entry.getMode() & 0100) != 0) {
        path.toFile().setExecutable(true);
      }
    } else {
      throw refusal("the entry '%s' is neither file nor folder".formatted(name));
    }
  }

  private void write(Path path, InputStream content) throws IOException {
    Files.createDirectories(path.getParent());
    try (OutputStream out = Files.newOutputStream(path)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        bytes += read;
        if (bytes > MOST_BYTES) {
          throw refusal("it unpacks to more than %d bytes".formatted(MOST_BYTES));
        }
        out.write(buffer, 0, read);
      }
    }
  }

  private static Refusal refusal(String why) {
    return new Refusal(FailureType.FETCH_SOURCE_FAILED, "The archive was refused: " + why + ".");
  }
}
