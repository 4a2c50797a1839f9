package dev.slipway.local.run;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks image layers one over the other, as a container engine does: whiteouts remove what lower
 * layers brought. Owners, setuid bits, devices and pipes are left out, and nothing stays writable
 * for others, so that instances can share the folder.
 */
final class Layers {

  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  private final Rootfs rootfs;

  Layers(Rootfs rootfs) {
    this.rootfs = rootfs;
  }

  /**
   * Adds one layer.
   *
   * @param mediaType says how it is compressed; zstd is not supported
   */
  void add(InputStream layer, String mediaType) throws IOException {
    if (mediaType.endsWith("zstd")) {
      throw new IOException("zstd layers are not supported here; push the image with gzip layers");
    }
    Set<Path> own = new HashSet<>();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(plain(layer))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        add(entry, tar, own);
      }
    }
  }

  private static InputStream plain(InputStream layer) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(layer, 1 << 16);
    buffered.mark(2);
    boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
    buffered.reset();
    return gzip ? new GZIPInputStream(buffered, 1 << 16) : buffered;
  }

  private void add(TarArchiveEntry entry, InputStream content, Set<Path> own) throws IOException {
    Path path = rootfs.locate(entry.getName());
    if (path.equals(rootfs.root())) {
      return;
    }
    String name = path.getFileName().toString();
    rootfs.makeFolder(Rootfs.parent(path));
    if (name.equals(OPAQUE)) {
      empty(Rootfs.parent(path), own);
    } else if (name.startsWith(WHITEOUT)) {
      Rootfs.delete(path.resolveSibling(name.substring(WHITEOUT.length())));
    } else {
      put(entry, content, path);
      own.add(path);
    }
  }

  private static void empty(Path folder, Set<Path> own) throws IOException {
    List<Path> lower;
    try (Stream<Path> children = Files.list(folder)) {
      lower = children.filter(child -> !own.contains(child)).toList();
    }
    for (Path child : lower) {
      Rootfs.delete(child);
    }
  }

  private void put(TarArchiveEntry entry, InputStream content, Path path) throws IOException {
    if (entry.isDirectory()) {
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        Rootfs.delete(path);
        Files.createDirectory(path);
      }
      Files.setPosixFilePermissions(path, permissions(entry.getMode() | 0500));
    } else if (entry.isSymbolicLink()) {
      Rootfs.delete(path);
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      Path target = rootfs.locate(entry.getLinkName());
      if (!target.equals(path)) {
        Rootfs.delete(path);
        Files.createLink(path, target);
      }
    } else if (!entry.isBlockDevice() && !entry.isCharacterDevice() && !entry.isFIFO()) {
      Rootfs.delete(path);
      Files.copy(content, path, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(path, permissions(entry.getMode() | 0400));
    }
  }

  /** The owner keeps the write bit, to unpack later layers; the owner is never who runs it. */
  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> set = EnumSet.of(PosixFilePermission.OWNER_WRITE);
    PosixFilePermission[] bits = {
      PosixFilePermission.OTHERS_EXECUTE,
      PosixFilePermission.OTHERS_WRITE,
      PosixFilePermission.OTHERS_READ,
      PosixFilePermission.GROUP_EXECUTE,
      PosixFilePermission.GROUP_WRITE,
      PosixFilePermission.GROUP_READ,
      PosixFilePermission.OWNER_EXECUTE,
      PosixFilePermission.OWNER_WRITE,
      PosixFilePermission.OWNER_READ
    };
    for (int bit = 0; bit < bits.length; bit++) {
      if ((mode & (1 << bit)) != 0) {
        set.add(bits[bit]);
      }
    }
    // Without its owner the image's owner-only files would be closed to the user that runs it.
    if (set.contains(PosixFilePermission.OWNER_READ)) {
      set.add(PosixFilePermission.OTHERS_READ);
    }
    if (set.contains(PosixFilePermission.OWNER_EXECUTE)) {
      set.add(PosixFilePermission.OTHERS_EXECUTE);
    }
    set.remove(PosixFilePermission.GROUP_WRITE);
    set.remove(PosixFilePermission.OTHERS_WRITE);
    return set;
  }
}
