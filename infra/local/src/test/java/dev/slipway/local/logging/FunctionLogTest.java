package dev.slipway.local.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import com.google.logging.type.LogSeverity;
import com.google.logging.v2.LogEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What functions print becomes entries as on Cloud Run. */
final class FunctionLogTest {

  private static final int MOST = 2000;

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("functions.jsonl");
  }

  private FunctionLog log() {
    return new FunctionLog(file(), new FunctionLine("laptop", "europe-west1"), MOST);
  }

  private void printed(String line) throws IOException {
    Files.writeString(file(), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String line(String message) {
    return """
    {"severity":"WARNING","message":"%s","time":"2026-01-01T00:00:00.5Z",\
    "logging.googleapis.com/trace":"projects/laptop/traces/0123",\
    "logging.googleapis.com/labels":{"release":"shop-1","function":"deploy"},\
    "logging.googleapis.com/sourceLocation":{"function":"a.B.c"}}
    """
        .formatted(message);
  }

  private static List<String> messages(FunctionLog log) {
    return log.entries().stream()
        .map(e -> e.getJsonPayload().getFieldsOrThrow("message").getStringValue())
        .toList();
  }

  @Test
  void aLineBecomesAnEntryOfTheFunctionThatPrintedIt() throws Exception {
    printed(line("hello"));

    LogEntry entry = log().entries().getFirst();

    assertThat(entry.getSeverity()).isEqualTo(LogSeverity.WARNING);
    assertThat(entry.getTrace()).isEqualTo("projects/laptop/traces/0123");
    assertThat(entry.getResource().getType()).isEqualTo("cloud_run_revision");
    assertThat(entry.getResource().getLabelsMap()).containsEntry("service_name", "deploy");
    assertThat(entry.getLabelsMap()).containsEntry("release", "shop-1");
    assertThat(Timestamps.toMillis(entry.getTimestamp()) % 1000).isEqualTo(500);
    assertThat(entry.getJsonPayload().getFieldsMap()).containsOnlyKeys("message");
  }

  @Test
  void nothingIsThereBeforeTheFirstLineAndEachLineIsReadOnce() throws Exception {
    FunctionLog log = log();
    assertThat(log.entries()).isEmpty();

    printed(line("first"));
    assertThat(messages(log)).containsExactly("first");
    printed(line("second"));

    assertThat(messages(log)).containsExactly("first", "second");
  }

  @Test
  void aLineIsTakenWhenItIsWholeAndOtherTextIsPassedOver() throws Exception {
    FunctionLog log = log();
    String second = line("second");
    printed("no json at all\n[1]\n{\"message\":\"no time\"}\n" + line("first"));
    printed(second.substring(0, 20));
    assertThat(messages(log)).containsExactly("first");

    printed(second.substring(20));

    assertThat(messages(log)).containsExactly("first", "second");
  }

  @Test
  void whatAFileBegunAnewLeftBehindIsNotLost() throws Exception {
    FunctionLog log = log();
    printed(line("first") + line("second"));
    assertThat(messages(log)).hasSize(2);

    printed(line("third"));
    Files.move(file(), folder.resolve("functions.jsonl.1"));
    printed(line("4"));

    assertThat(messages(log)).containsExactly("first", "second", "third", "4");
    assertThat(messages(log())).containsExactly("first", "second", "third", "4");
  }

  @Test
  void onlyTheNewestAreKept() throws Exception {
    FunctionLog log = log();
    for (int i = 0; i < 100; i++) {
      printed(line("message " + i));
    }

    assertThat(messages(log)).hasSizeBetween(3, 10).endsWith("message 98", "message 99");
  }
}
