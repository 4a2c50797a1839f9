package dev.slipway.local.builds;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What one build prints: a file that grows while it runs, up to a limit. */
public final class BuildLog implements AutoCloseable {

  private final Path file;
  private final long limit;
  private final OutputStream out;
  private final LineFeed feed;
  private long written;
  private boolean full;
  private boolean closed;
  private volatile Runnable grown = () -> {};

  /** Opens the log kept in {@code file}; what is there already stays. */
  public BuildLog(Path file, long limitBytes) {
    this(file, limitBytes, new LineFeed(line -> {}));
  }

  /** The same, each line going to {@code feed} too. */
  BuildLog(Path file, long limitBytes, LineFeed feed) {
    this.file = file;
    this.feed = feed;
    limit = limitBytes;
    try {
      Files.createDirectories(file.getParent());
      out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      written = Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to open the build log %s but failed".formatted(file), e);
    }
  }

  /** Appends a line. */
  public void line(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    write(bytes, bytes.length);
  }

  /** Has {@code told} called after each thing that is printed, by whoever prints it. */
  void whenGrown(Runnable told) {
    grown = told;
  }

  /** Appends the first {@code length} bytes, as far as there is room; at once visible to readers. */
  public void write(byte[] bytes, int length) {
    append(bytes, length);
    grown.run();
  }

  private synchronized void append(byte[] bytes, int length) {
    if (closed || full) {
      return;
    }
    int room = (int) Math.min(length, Math.max(0, limit - written));
    put(bytes, room);
    if (room < length) {
      full = true;
      byte[] notice =
          "\n... the log ends here: it reached its limit of %d bytes\n"
              .formatted(limit)
              .getBytes(StandardCharsets.UTF_8);
      put(notice, notice.length);
    }
  }

  /** Whether more was printed than the log may hold. */
  public synchronized boolean isFull() {
    return full;
  }

  /** The last words of a build, which the limit does not apply to. */
  synchronized void lastLine(String line) {
    full = false;
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    put(bytes, bytes.length);
  }

  /** Something that can fail as reading and writing do. */
  interface Work {
    void run() throws IOException;
  }

  /** Does something with what is printed so far, unless the log is closed; nothing is printed meanwhile. */
  synchronized void whileOpen(Work work) throws IOException {
    if (!closed) {
      work.run();
    }
  }

  private void put(byte[] bytes, int length) {
    try {
      out.write(bytes, 0, length);
      written += length;
      feed.add(bytes, length);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Tried to write the build log %s but failed".formatted(file), e);
    }
  }

  Path file() {
    return file;
  }

  @Override
  public synchronized void close() {
    closed = true;
    feed.close();
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Tried to close the build log %s but failed".formatted(file), e);
    }
  }
}
