package dev.slipway.local.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What instances print, a file a revision: {@code FOLDER/REVISION.log}, each line after the time
 * it came at. A file that reached its size is kept as {@code REVISION.log.1}, over the last such.
 */
final class RevisionLogs {

  private static final int MAX_LINE = 64 << 10;
  private static final int TAIL = 20;

  private final Path folder;
  private final Clock clock;
  private final long maxBytes;
  private final RunLog entries;
  private final Map<String, One> logs = new ConcurrentHashMap<>();

  RevisionLogs(Path folder, Clock clock, long maxBytes) {
    this.folder = folder;
    this.clock = clock;
    this.maxBytes = maxBytes;
    entries = new RunLog(clock);
  }

  /** Takes the lines of one process of a revision, given its full name. */
  Consumer<String> writer(String revision) {
    One log = log(ServiceName.lastPart(revision));
    return line -> {
      log.add(line);
      entries.printed(revision, line);
    };
  }

  /** The same as entries of Cloud Logging, with what else Cloud Run tells it. */
  RunLog entries() {
    return entries;
  }

  /** The last lines a revision printed since this process began, without their times. */
  List<String> tail(String revision) {
    return log(revision).tail();
  }

  /** All that is kept of a revision's output; empty if it printed nothing. */
  String read(String revision) {
    return log(revision).read();
  }

  void remove(String revision) {
    log(revision).delete();
    logs.remove(revision);
  }

  private One log(String revision) {
    return logs.computeIfAbsent(revision, One::new);
  }

  private final class One {

    private final Path file;
    private final Path older;
    private final Deque<String> last = new ArrayDeque<>();

    One(String revision) {
      file = folder.resolve(revision + ".log");
      older = folder.resolve(revision + ".log.1");
    }

    synchronized void add(String line) {
      String kept = line.length() > MAX_LINE ? line.substring(0, MAX_LINE) + "..." : line;
      last.addLast(kept);
      if (last.size() > TAIL) {
        last.removeFirst();
      }
      try {
        Files.createDirectories(folder);
        if (Files.exists(file) && Files.size(file) > maxBytes) {
          Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(
            file,
            clock.instant() + " " + kept + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        System.getLogger(RevisionLogs.class.getName())
            .log(System.Logger.Level.WARNING, "a line of " + file + " is lost", e);
      }
    }

    synchronized List<String> tail() {
      return List.copyOf(last);
    }

    synchronized String read() {
      try {
        StringBuilder all = new StringBuilder();
        for (Path part : List.of(older, file)) {
          if (Files.exists(part)) {
            all.append(new String(Files.readAllBytes(part), UTF_8));
          }
        }
        return all.toString();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    synchronized void delete() {
      last.clear();
      try {
        Files.deleteIfExists(file);
        Files.deleteIfExists(older);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
