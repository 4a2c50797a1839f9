package dev.slipway.local.builds.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The files of a layer, written reproducibly: in order of path, owned by root unless said
 * otherwise, dated 1970, so that the same files make the same bytes. Packed as container engines do,
 * with gzip at its usual level: its best takes three times as long for half a percent.
 */
final class LayerFiles {

  private static final int ROOT = 0;
  private static final long BLOCK = 512;

  private interface Content {
    InputStream open() throws IOException;
  }

  /**
   * A file or folder.
   *
   * @param identity another one when the content is another
   */
  private record Item(int mode, int owner, long size, String identity, Content content) {}

  /** By path without a leading slash; a folder's ends in one, so that it comes before its files. */
  private final SortedMap<String, Item> items = new TreeMap<>();

  /** Adds a folder, and those above it with mode 0755. */
  LayerFiles folder(String path, int mode, int owner) {
    return put(path + "/", new Item(mode, owner, 0, "", InputStream::nullInputStream));
  }

  LayerFiles file(String path, int mode, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return put(
        path,
        new Item(mode, ROOT, bytes.length, content, () -> new ByteArrayInputStream(bytes)));
  }

  LayerFiles file(String path, int mode, Path content) throws IOException {
    BasicFileAttributes file = Files.readAttributes(content, BasicFileAttributes.class);
    String identity = "%s %s %s".formatted(content.toRealPath(), file.fileKey(), file.lastModifiedTime());
    return put(
        path, new Item(mode, ROOT, file.size(), identity, () -> Files.newInputStream(content)));
  }

  private LayerFiles put(String path, Item item) {
    String name = path.substring(1);
    for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      items.putIfAbsent(
          name.substring(0, slash + 1), new Item(0755, ROOT, 0, "", InputStream::nullInputStream));
    }
    items.put(name, item);
    return this;
  }

  /** 64 hexadecimal digits, others when the layer would be another. */
  String identity() {
    StringBuilder all = new StringBuilder();
    items.forEach(
        (path, item) ->
            all.append(path)
                .append('\0')
                .append(item.mode())
                .append(' ')
                .append(item.owner())
                .append(' ')
                .append(item.size())
                .append(' ')
                .append(item.identity())
                .append('\0'));
    return Hashing.hex(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the layer to {@code file}. */
  Layer write(Path file) throws IOException {
    var packed = Hashing.sha256();
    var unpacked = Hashing.sha256();
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), packed);
        OutputStream gzip = new PiecewiseGzip(out);
        OutputStream counted = new DigestOutputStream(gzip, unpacked);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(counted, (int) BLOCK * 20)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      for (var each : items.entrySet()) {
        write(tar, each.getKey(), each.getValue());
      }
    }
    return new Layer(file, Hashing.digest(packed), Files.size(file), Hashing.digest(unpacked));
  }

  private static void write(TarArchiveOutputStream tar, String name, Item item)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setMode(item.mode());
    entry.setSize(item.size());
    entry.setModTime(0);
    entry.setIds(item.owner(), item.owner());
    entry.setNames("", ""); // the default is the name of whoever runs this
    tar.putArchiveEntry(entry);
    try (InputStream content = item.content().open()) {
      content.transferTo(tar);
    }
    tar.closeArchiveEntry();
  }
}
