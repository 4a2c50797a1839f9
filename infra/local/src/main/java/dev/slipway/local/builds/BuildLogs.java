package dev.slipway.local.builds;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.BuildOptions.LoggingMode;
import dev.slipway.local.time.Scheduler;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The logs of all builds, {@code FOLDER/ID/log.txt}; a log is also kept in Cloud Storage, as
 * {@code [PREFIX/]log-ID.txt}, where the build asks for that.
 */
final class BuildLogs {

  private static final Logger LOG = System.getLogger(BuildLogs.class.getName());
  private static final Duration BETWEEN_COPIES = Duration.ofSeconds(1);
  private static final long LIMIT_BYTES = 64L << 20;
  private static final Pattern BUCKET = Pattern.compile("gs://([^/]+)/?(.*?)/?");
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

  private final Path folder;
  private final Objects objects;
  private final BuildEntries entries;

  BuildLogs(Path folder, Objects objects, BuildEntries entries) {
    this.folder = folder;
    this.objects = objects;
    this.entries = entries;
  }

  BuildLog open(Build build) {
    return new BuildLog(file(build.getId()), LIMIT_BYTES, entries.feed(build));
  }

  /** The file of a build's log; nothing when it printed nothing yet or is not known. */
  Optional<Path> find(String buildId) {
    return ID.matcher(buildId).matches()
        ? Optional.of(file(buildId)).filter(Files::isRegularFile)
        : Optional.empty();
  }

  private Path file(String buildId) {
    return folder.resolve(buildId).resolve("log.txt");
  }

  /** Keeps a log's copy in Cloud Storage up to date while its build runs, as Cloud Build does. */
  void follow(Build build, BuildLog log, Scheduler scheduler) {
    log.whenGrown(new Copying(build, log, scheduler));
  }

  /** Copies a log a moment after it has grown, and so at most once in each. */
  private final class Copying implements Runnable {

    private final Build build;
    private final BuildLog log;
    private final Scheduler scheduler;
    private boolean due;

    Copying(Build build, BuildLog log, Scheduler scheduler) {
      this.build = build;
      this.log = log;
      this.scheduler = scheduler;
    }

    @Override
    public synchronized void run() {
      if (!due) {
        due = true;
        scheduler.schedule(BETWEEN_COPIES, this::copyNow);
      }
    }

    private void copyNow() {
      synchronized (this) {
        due = false;
      }
      try {
        log.whileOpen(() -> copy(build, log));
      } catch (IOException | RuntimeException e) {
        LOG.log(Level.DEBUG, "copying the log of build " + build.getId(), e);
      }
    }
  }

  /** Ends a log with a last line and, where the build asks for it, writes it to Cloud Storage. */
  void finish(Build build, BuildLog log, String lastLine) {
    log.whenGrown(() -> {});
    log.lastLine(lastLine);
    try {
      log.whileOpen(() -> copy(build, log));
    } catch (IOException | RuntimeException e) {
      log.lastLine(
          "WARNING: tried to write this log to Cloud Storage but failed: " + e.getMessage());
    }
    log.close();
  }

  private void copy(Build build, BuildLog log) throws IOException {
    String bucket = build.getLogsBucket();
    if (bucket.isEmpty() && build.getOptions().getLogging() == LoggingMode.GCS_ONLY) {
      bucket = "gs://" + build.getProjectId() + "_cloudbuild";
    }
    Matcher m = BUCKET.matcher(bucket.isEmpty() || bucket.startsWith("gs://") ? bucket : "gs://" + bucket);
    if (m.matches()) {
      String prefix = m.group(2).isEmpty() ? "" : m.group(2) + "/";
      String object = prefix + "log-" + build.getId() + ".txt";
      objects.write(
          m.group(1), object, "text/plain; charset=utf-8", Files.readAllBytes(log.file()));
    }
  }
}
