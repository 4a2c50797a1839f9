package dev.slipway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Reads an advisory database: a .zip or .tar.gz with an OSV file for each advisory, up to limits no
 * such database comes near.
 */
final class OsvArchive {

  private static final System.Logger log = System.getLogger(OsvArchive.class.getName());

  private static final int MAX_ENTRIES = 100_000;
  private static final int MAX_ENTRY = 1 << 20;
  private static final long MAX_TOTAL = 256L << 20;

  private final Map<String, List<Known>> known = new HashMap<>();
  private int entries;
  private int read;
  private int unreadable;
  private long total;

  private OsvArchive() {}

  /**
   * Reads one.
   *
   * @return what is known, by package name
   * @throws IOException when it is no such archive, too large, or holds no advisory at all
   */
  static Map<String, List<Known>> read(InputStream archive) throws IOException {
    OsvArchive all = new OsvArchive();
    BufferedInputStream in = new BufferedInputStream(archive, 64 << 10);
    in.mark(2);
    int first = in.read();
    in.reset();
    if (first == 'P') {
      all.zip(in);
    } else {
      all.tarGz(in);
    }
    if (all.read == 0) {
      throw new IOException("it holds no advisory in OSV format");
    }
    if (all.unreadable > 0) {
      log.log(Level.WARNING, "{0} advisories could not be read and are left out", all.unreadable);
    }
    all.known.replaceAll((target, told) -> Known.once(told));
    return all.known;
  }

  private void zip(InputStream in) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        take(entry.getName(), zip);
      }
    }
  }

  private void tarGz(InputStream in) throws IOException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in), "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        take(entry.getName(), tar);
      }
    }
  }

  private void take(String name, InputStream content) throws IOException {
    entries++;
    byte[] bytes = content.readNBytes(MAX_ENTRY + 1);
    total += bytes.length;
    if (entries > MAX_ENTRIES || bytes.length > MAX_ENTRY || total > MAX_TOTAL) {
      throw new IOException(
          "it is too large at %s: up to %,d files of %,d bytes are read, %,d in all"
              .formatted(name, MAX_ENTRIES, MAX_ENTRY, MAX_TOTAL));
    }
    if (!name.endsWith(".json")) {
      return;
    }
    try {
      Osv.read(
          JsonParser.parseString(new String(bytes, UTF_8)).getAsJsonObject(),
          (target, one) -> known.computeIfAbsent(target, t -> new ArrayList<>()).add(one));
      read++;
    } catch (JsonParseException
        | IllegalStateException
        | ClassCastException
        | NullPointerException
        | StackOverflowError e) {
      unreadable++;
      log.log(Level.DEBUG, "advisory {0} is not as expected: {1}", name, e.toString());
    }
  }
}
