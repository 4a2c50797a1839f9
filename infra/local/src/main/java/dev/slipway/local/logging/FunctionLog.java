package dev.slipway.local.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.logging.v2.LogEntry;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What functions logged: a file of JSON, a line a record, as a function prints them on Cloud Run.
 *
 * <p>The file grows and is now and then begun anew, what was there moving to {@code FILE.1}; only
 * what came since the last look is read. The newest 8 MB are kept.
 */
public final class FunctionLog implements LogSource {

  private static final Logger LOG = System.getLogger(FunctionLog.class.getName());
  private static final long MOST_BYTES = 8 << 20;

  private record Kept(LogEntry entry, int bytes) {}

  private final Path file;
  private final Path older;
  private final FunctionLine lines;
  private final long mostBytes;
  private final Deque<Kept> kept = new ArrayDeque<>();
  private long keptBytes;
  private long read;
  private boolean began;
  private long number;

  /** Reads {@code file}, which need not be there yet. */
  public FunctionLog(Path file, String project, String region) {
    this(file, new FunctionLine(project, region), MOST_BYTES);
  }

  FunctionLog(Path file, FunctionLine lines, long mostBytes) {
    this.file = file;
    older = file.resolveSibling(file.getFileName() + ".1");
    this.lines = lines;
    this.mostBytes = mostBytes;
  }

  @Override
  public synchronized List<LogEntry> entries() {
    try {
      readOn();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "tried to read the functions' log " + file + " but failed", e);
    }
    return kept.stream().map(Kept::entry).toList();
  }

  private void readOn() throws IOException {
    long size = Files.exists(file) ? Files.size(file) : 0;
    if (!began || size < read) {
      var unused = take(older, read); // what came last before the file was begun anew
      read = 0;
      began = true;
    }
    if (size > read) {
      read += take(file, read);
    }
  }

  /** Takes the whole lines behind {@code from} and says how many bytes they have. */
  private long take(Path part, long from) throws IOException {
    if (!Files.exists(part)) {
      return 0;
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(part)) {
      in.skipNBytes(Math.min(from, Files.size(part)));
      bytes = in.readAllBytes();
    }
    int begin = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        add(new String(bytes, begin, i - begin, UTF_8), i - begin);
        begin = i + 1;
      }
    }
    return begin;
  }

  private void add(String line, int bytes) {
    number++;
    lines
        .entry(line, number)
        .ifPresent(
            entry -> {
              kept.addLast(new Kept(entry, bytes));
              keptBytes += bytes;
            });
    while (keptBytes > mostBytes && !kept.isEmpty()) {
      keptBytes -= kept.removeFirst().bytes();
    }
  }
}
