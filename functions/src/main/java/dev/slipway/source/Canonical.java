package dev.slipway.source;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Writes the one form a source has, whatever it was uploaded as: a gzipped tar of its files in the
 * order of their names, owner 0:0, mode 0644 or 0755, one fixed time, no folders of their own.
 *
 * <p>The same content is the same bytes. (Another zlib could pack them otherwise; that costs a
 * second build and nothing else.)
 */
final class Canonical {

  /**
   * The time of every file, 2037-01-01, on purpose not in the past: cargo takes a source older
   * than its last build for built, and after a dependency-only build would ship the dummy in its
   * place. A time to come errs on the side of compiling; it still fits 31 bits.
   */
  static final Instant TIME = Instant.parse("2037-01-01T00:00:00Z");

  private static final int FILE = 0100644;
  private static final int EXECUTABLE = 0100755;

  private final Spool spool;
  private final TarArchiveOutputStream tar;

  private Canonical(Spool spool, TarArchiveOutputStream tar) {
    this.spool = spool;
    this.tar = tar;
  }

  /**
   * Writes a tree.
   *
   * @return hex sha256 of what was written
   * @throws UncheckedIOException when the file cannot be written
   */
  static String write(Node root, Spool spool, Path to) {
    MessageDigest digest = sha256();
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(to));
        OutputStream hashed = new DigestOutputStream(file, digest);
        OutputStream gzip = new GzipCompressorOutputStream(hashed, parameters());
        TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      new Canonical(spool, tar).write(root, "");
      tar.finish();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the canonical archive " + to, e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private void write(Node folder, String path) throws IOException {
    for (Node child : folder.children()) {
      if (child.isFolder()) {
        write(child, path + child.name() + "/");
      } else if (child.content().isPresent()) {
        write(child, path + child.name(), child.content().get());
      }
    }
  }

  private void write(Node file, String path, Spool.Stored content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(path);
    entry.setSize(content.size());
    entry.setMode(file.isExecutable() ? EXECUTABLE : FILE);
    entry.setIds(0, 0);
    entry.setNames("", "");
    entry.setModTime(TIME.toEpochMilli());
    tar.putArchiveEntry(entry);
    try (InputStream in = spool.open(content)) {
      in.transferTo(tar);
    }
    tar.closeArchiveEntry();
  }

  private static GzipParameters parameters() {
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(Deflater.DEFAULT_COMPRESSION);
    parameters.setModificationInstant(Instant.EPOCH);
    parameters.setOS(GzipParameters.OS.UNKNOWN);
    return parameters;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
