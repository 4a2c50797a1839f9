package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a multipart body part by part without holding any of them. Lines may end as the client
 * likes, CRLF or LF: gsutil writes the latter.
 */
final class Multipart {

  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]+)\"|'([^']+)'|([^\\s;]+))");
  private static final int MAX_LINE_BYTES = 16 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[Contents.BUFFER_BYTES];
  private int position;
  private int limit;
  private boolean ended;
  private byte[] delimiter = {};
  private boolean noMore;
  private @Nullable InputStream current;

  /**
   * One part; its content is to be read before the next part is asked for.
   *
   * @param headers by lower-case name
   */
  record Part(Map<String, String> headers, InputStream content) {}

  private Multipart(InputStream in) {
    this.in = in;
  }

  /**
   * @param contentType the body's, which names the boundary
   * @throws ApiException 400 when it names none, or the body does not begin with it
   */
  static Multipart open(InputStream in, @Nullable String contentType) throws IOException {
    Matcher named = BOUNDARY.matcher(contentType == null ? "" : contentType);
    if (!named.find()) {
      throw malformed("its Content-Type names no boundary");
    }
    String boundary =
        named.group(1) != null
            ? named.group(1)
            : named.group(2) != null ? named.group(2) : named.group(3);
    Multipart multipart = new Multipart(in);
    multipart.skipTo("--" + boundary);
    return multipart;
  }

  private void skipTo(String first) throws IOException {
    String line = readLine();
    while (!line.stripTrailing().equals(first)) {
      line = readLine();
    }
    String ending = line.endsWith("\r") ? "\r\n" : "\n";
    delimiter = (ending + first).getBytes(ISO_8859_1);
  }

  /** The next part; null after the last. */
  @Nullable Part next() throws IOException {
    if (current != null) {
      current.transferTo(OutputStream.nullOutputStream());
      position += delimiter.length;
      noMore = readLine(true).startsWith("--");
    }
    if (noMore) {
      return null;
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = readLine().strip(); !line.isEmpty(); line = readLine().strip()) {
      String[] pair = line.split(":", 2);
      headers.put(pair[0].strip().toLowerCase(Locale.ROOT), pair.length == 1 ? "" : pair[1].strip());
    }
    current = new PartContent();
    return new Part(headers, current);
  }

  private String readLine() throws IOException {
    return readLine(false);
  }

  /** A line without its LF; the end of the body ends the last one, where that may be. */
  private String readLine(boolean mayEnd) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (line.size() < MAX_LINE_BYTES) {
      if (position == limit && !fill()) {
        if (mayEnd) {
          return line.toString(ISO_8859_1);
        }
        throw malformed("it ends too early");
      }
      byte b = buffer[position++];
      if (b == '\n') {
        return line.toString(ISO_8859_1);
      }
      line.write(b);
    }
    throw malformed("a line of its headers is too long");
  }

  /** Reads more behind what the buffer holds; false at the end of the body. */
  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    limit -= position;
    position = 0;
    int n = in.read(buffer, limit, buffer.length - limit);
    ended = n < 0;
    limit += Math.max(0, n);
    return !ended;
  }

  private int indexOfDelimiter() {
    for (int at = position; at <= limit - delimiter.length; at++) {
      int matched = 0;
      while (matched < delimiter.length && buffer[at + matched] == delimiter[matched]) {
        matched++;
      }
      if (matched == delimiter.length) {
        return at;
      }
    }
    return -1;
  }

  private static ApiException malformed(String why) {
    return new ApiException(400, "badRequest", "Malformed multipart body: " + why + ".");
  }

  private final class PartContent extends InputStream {

    /** How much of the buffer is known to be content. */
    private int known = position;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      while (known == position) {
        int at = indexOfDelimiter();
        if (at == position) {
          return -1;
        }
        known = at > 0 ? at : Math.max(position, limit - delimiter.length + 1);
        if (known == position) {
          if (!fill()) {
            throw malformed("it ends within a part");
          }
          known = position;
        }
      }
      int n = Math.min(length, known - position);
      System.arraycopy(buffer, position, bytes, offset, n);
      position += n;
      return n;
    }
  }
}
