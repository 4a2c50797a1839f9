package dev.slipway.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The records of one pax extended header, none of them twice. */
final class PaxRecords {

  static final PaxRecords NONE = new PaxRecords(Map.of());

  private final Map<String, byte[]> records;

  private PaxRecords(Map<String, byte[]> records) {
    this.records = records;
  }

  static PaxRecords of(byte[] block) throws UnreadableException {
    Map<String, byte[]> records = new LinkedHashMap<>();
    int at = 0;
    while (at < block.length) {
      int end = at + length(block, at);
      int from = indexOf(block, ' ', at) + 1;
      int equals = indexOf(block, '=', from);
      if (end > block.length || equals < 0 || equals >= end || block[end - 1] != '\n') {
        throw UnreadableException.corrupt("a pax header is malformed");
      }
      String key = new String(block, from, equals - from, ISO_8859_1);
      if (records.put(key, Arrays.copyOfRange(block, equals + 1, end - 1)) != null) {
        throw new UnreadableException(
            "pax-duplicate",
            "a pax header says '%s' twice: programs differ on which one counts"
                .formatted(Shown.text(key)));
      }
      at = end;
    }
    return new PaxRecords(records);
  }

  /** The name that replaces the header's. */
  Optional<byte[]> path() throws UnreadableException {
    byte[] path = records.get("path");
    if (path != null && path.length == 0) {
      throw new UnreadableException("pax-name", "a pax header takes an entry's name away");
    }
    return Optional.ofNullable(path);
  }

  boolean isSparse() {
    return records.keySet().stream()
        .anyMatch(key -> key.startsWith("GNU.sparse.") || key.equals("SCHILY.realsize"));
  }

  /**
   * Refuses a size that is not the header's: one program would go on reading where another sees
   * the next header.
   */
  void checkSize(long header) throws UnreadableException {
    byte[] size = records.get("size");
    if (size != null && !new String(size, ISO_8859_1).equals(Long.toString(header))) {
      throw new UnreadableException(
          "pax-size",
          "a pax header says %s bytes where the tar header says %d: programs differ on which one"
                  .formatted(Shown.bytes(size), header)
              + " counts");
    }
  }

  /** Refuses, of a global header, what would change the entries that follow. */
  void checkGlobal() throws UnreadableException {
    for (String key : records.keySet()) {
      if (key.equals("path") || key.equals("linkpath") || key.equals("size") || isSparse()) {
        throw new UnreadableException(
            "pax-global",
            "a global pax header sets '%s' for every entry: programs differ on that"
                .formatted(Shown.text(key)));
      }
    }
  }

  private static int length(byte[] block, int at) throws UnreadableException {
    int space = indexOf(block, ' ', at);
    String digits = space < 0 ? "" : new String(block, at, space - at, ISO_8859_1);
    if (!digits.matches("[1-9][0-9]{0,6}") || Integer.parseInt(digits) <= digits.length() + 3) {
      throw UnreadableException.corrupt("a pax header is malformed");
    }
    return Integer.parseInt(digits);
  }

  private static int indexOf(byte[] block, char c, int from) {
    for (int i = from; i < block.length; i++) {
      if (block[i] == c) {
        return i;
      }
    }
    return -1;
  }
}
