package dev.slipway.local.builds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloudbuild.v1.Build;
import com.google.logging.v2.LogEntry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What builds print can be found in Cloud Logging. */
final class BuildEntriesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Build BUILD =
      Build.newBuilder().setProjectId("laptop").setId("b-1").addTags("a").addTags("b").build();

  @TempDir Path folder;

  private final BuildEntries entries = new BuildEntries(Clock.fixed(NOW, ZoneOffset.UTC));

  private List<String> lines() {
    return entries.entries().stream().map(LogEntry::getTextPayload).toList();
  }

  private BuildLog log(long limit) {
    return new BuildLog(folder.resolve("b-1/log.txt"), limit, entries.feed(BUILD));
  }

  private static void print(BuildLog log, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    log.write(bytes, bytes.length);
  }

  @Test
  void eachLineIsAnEntryOfItsBuild() {
    try (BuildLog log = log(1000)) {
      log.line("Compiling");
    }

    LogEntry entry = entries.entries().getFirst();

    assertThat(entry.getTextPayload()).isEqualTo("Compiling");
    assertThat(entry.getLogName()).isEqualTo("projects/laptop/logs/cloudbuild");
    assertThat(entry.getResource().getType()).isEqualTo("build");
    assertThat(entry.getResource().getLabelsMap()).containsEntry("build_id", "b-1");
    assertThat(entry.getLabelsMap()).containsEntry("build_tags", "a,b");
    assertThat(entry.getTimestamp().getSeconds()).isEqualTo(NOW.getEpochSecond());
  }

  @Test
  void aLineIsThereWhenItEndsOrWhenTheLogDoes() {
    BuildLog log = log(1000);
    print(log, "one\ntw");
    assertThat(lines()).containsExactly("one");
    print(log, "o\nthree");
    assertThat(lines()).containsExactly("one", "two");

    log.close();

    assertThat(lines()).containsExactly("one", "two", "three");
  }

  @Test
  void whatTheLogHasNoRoomForIsNoEntryEither() {
    try (BuildLog log = log(10)) {
      print(log, "0123456789abcdef\n");
      print(log, "more\n");
    }

    assertThat(String.join("", lines())).startsWith("0123456789").doesNotContain("abc", "more");
  }

  @Test
  void onlyTheNewestLinesAreKept() {
    try (BuildLog log = log(1 << 20)) {
      for (int i = 0; i < 20_010; i++) {
        log.line("line " + i);
      }
    }

    assertThat(lines()).hasSize(20_000).endsWith("line 20009").startsWith("line 10");
  }
}
