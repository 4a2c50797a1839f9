package dev.slipway.local.builds;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.BuildOptions.LoggingMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The logs of all builds, {@code FOLDER/ID/log.txt}; a log is also written to Cloud Storage, as
 * {@code [PREFIX/]log-ID.txt}, where the build asks for that.
 */
final class BuildLogs {

  private static final long LIMIT_BYTES = 64L << 20;
  private static final Pattern BUCKET = Pattern.compile("gs://([^/]+)/?(.*?)/?");
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

  private final Path folder;
  private final Objects objects;

  BuildLogs(Path folder, Objects objects) {
    this.folder = folder;
    this.objects = objects;
  }

  BuildLog open(String buildId) {
    return new BuildLog(file(buildId), LIMIT_BYTES);
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

  /** Ends a log with a last line and, where the build asks for it, writes it to Cloud Storage. */
  void finish(Build build, BuildLog log, String lastLine) {
    log.lastLine(lastLine);
    String bucket = build.getLogsBucket();
    if (bucket.isEmpty() && build.getOptions().getLogging() == LoggingMode.GCS_ONLY) {
      bucket = "gs://" + build.getProjectId() + "_cloudbuild";
    }
    Matcher m = BUCKET.matcher(bucket.isEmpty() || bucket.startsWith("gs://") ? bucket : "gs://" + bucket);
    if (m.matches()) {
      String prefix = m.group(2).isEmpty() ? "" : m.group(2) + "/";
      String object = prefix + "log-" + build.getId() + ".txt";
      try {
        byte[] content = Files.readAllBytes(log.file());
        objects.write(m.group(1), object, "text/plain; charset=utf-8", content);
      } catch (IOException | RuntimeException e) {
        log.lastLine(
            "WARNING: tried to write this log to gs://%s/%s but failed: %s"
                .formatted(m.group(1), object, e.getMessage()));
      }
    }
    log.close();
  }
}
