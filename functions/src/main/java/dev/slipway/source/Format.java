package dev.slipway.source;

import dev.slipway.release.Limits;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an upload is, by its first bytes; its name is not asked. */
enum Format {
  TAR_GZ,
  TAR,
  ZIP;

  private static final Map<String, String> OTHERS = new LinkedHashMap<>();

  static {
    OTHERS.put("\u00fd7zXZ", "an xz file");
    OTHERS.put("(\u00b5/\u00fd", "a zstd file");
    OTHERS.put("BZh", "a bzip2 file");
    OTHERS.put("7z\u00bc\u00af", "a 7z file");
    OTHERS.put("Rar!", "a rar file");
    OTHERS.put("\u007fELF", "a program");
  }

  /**
   * Finds out.
   *
   * @throws UnreadableException when it is none of them
   */
  static Format of(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(TarHeader.BLOCK);
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (head.length == 0 || text.startsWith("PK\5\6")) {
      throw new UnreadableException(
          "empty", "the upload is empty: archive the crate's folder and upload it again");
    }
    if (text.startsWith("\u001f\u008b")) {
      return TAR_GZ;
    }
    if (text.startsWith("PK\3\4")) {
      return ZIP;
    }
    if (head.length == TarHeader.BLOCK
        && (TarHeader.isZero(head) || TarHeader.looksRight(head))) {
      return TAR;
    }
    throw new UnreadableException(
        "unknown-format",
        "the upload is %s: upload a .crate, .tar.gz, .tgz, .tar or .zip".formatted(guess(text)));
  }

  /** Reads every entry of a file of this format. */
  void read(Path file, Limits limits, EntrySink sink) throws IOException {
    Meter meter = new Meter(limits, Files.size(file));
    if (this == ZIP) {
      ZipReader.read(file, meter, limits, sink);
      return;
    }
    try (InputStream raw = Files.newInputStream(file);
        InputStream plain = this == TAR_GZ ? new Gunzip(raw) : raw) {
      TarReader.read(new BufferedInputStream(meter.on(plain), 32 << 10), sink);
    }
  }

  private static String guess(String text) {
    return OTHERS.entrySet().stream()
        .filter(magic -> text.startsWith(magic.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("no archive");
  }
}
