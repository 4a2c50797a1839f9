package dev.slipway.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.release.ReleaseId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JsonLinesTest {

  private static final ReleaseId ID = ReleaseId.parse("hello-0123456789ab");

  private final JsonLines lines = new JsonLines("acme", List.of("xoxb-planted-secret", "x"));

  @TempDir Path folder;

  private static LogRecord record(Level level, String message) {
    LogRecord record = new LogRecord(level, message);
    record.setInstant(Instant.parse("2026-01-01T12:00:00.5Z"));
    record.setSourceClassName("dev.slipway.Some");
    record.setSourceMethodName("where");
    return record;
  }

  private JsonObject line(LogRecord record) {
    String line = lines.format(record);
    assertThat(line).endsWith("}\n");
    assertThat(line.strip()).doesNotContain("\n");
    return JsonParser.parseString(line).getAsJsonObject();
  }

  @Test
  void aLineHasTheFieldsCloudLoggingTakesForItsOwn() {
    LogRecord record = record(Level.WARNING, "{0} is {1}, event {2}");
    record.setParameters(new Object[] {ID, "live", 7L});

    JsonObject line =
        LogContext.in("deploy", () -> LogContext.of(ID, () -> line(record)));

    assertThat(line)
        .hasToString(
            """
            {"severity":"WARNING","message":"hello-0123456789ab is live, event 7",\
            "time":"2026-01-01T12:00:00.500Z",\
            "logging.googleapis.com/trace":"projects/acme/traces/%s",\
            "logging.googleapis.com/labels":{"release":"hello-0123456789ab","service":"hello","function":"deploy"},\
            "logging.googleapis.com/sourceLocation":{"function":"dev.slipway.Some.where"}}"""
                .formatted(Trace.of(ID)));
  }

  @Test
  void aTraceIsTheSameEverywhereAndAnotherForAnother() {
    assertThat(Trace.of(ReleaseId.parse("hello-0123456789ac"))).isNotEqualTo(Trace.of(ID));
    // The first half of sha256("slipway hello-0123456789ab").
    assertThat(Trace.of(ID)).isEqualTo("846fb9704b990a0a9c7101d31f8bf88b");
  }

  @Test
  void withoutAReleaseThereIsNoTrace() {
    JsonObject line = line(record(Level.INFO, "hello"));

    assertThat(line.has(JsonLines.TRACE)).isFalse();
    assertThat(line.getAsJsonObject(JsonLines.LABELS).size()).isZero();
  }

  @Test
  void anotherReleasesTurnEndsWithIt() {
    ReleaseId other = ReleaseId.parse("other-0123456789ab");

    LogContext.of(
        ID,
        () -> {
          LogContext.of(other, () -> assertThat(LogContext.release()).contains(other));
          assertThat(LogContext.release()).contains(ID);
        });

    assertThat(LogContext.release()).isEmpty();
  }

  @Test
  void severitiesAreCloudLoggings() {
    assertThat(
            List.of(Level.SEVERE, Level.WARNING, Level.INFO, Level.CONFIG, Level.FINE).stream()
                .map(level -> line(record(level, "x")).get("severity").getAsString()))
        .containsExactly("ERROR", "WARNING", "INFO", "DEBUG", "DEBUG");
  }

  @Test
  void aStackTraceStaysInItsLineAndNoSecretIsInAny() {
    LogRecord record = record(Level.SEVERE, "failed with xoxb-planted-secret\u001b[31m\n{\"a\":1}");
    record.setThrown(new IllegalStateException("Bearer xoxb-planted-secret"));

    JsonObject line = line(record);

    assertThat(line.get("message").getAsString())
        .startsWith("failed with ***")
        .contains("java.lang.IllegalStateException: Bearer ***", "\tat ");
    assertThat(lines.format(record)).doesNotContain("planted-secret", "\u001b");
  }

  @Test
  void onCloudRunEveryRecordOfTheProcessIsALine() {
    Logger root = Logger.getLogger("");
    List<Handler> before = Arrays.asList(root.getHandlers());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      FunctionLogs logs =
          FunctionLogs.to(new PrintStream(out, true, StandardCharsets.UTF_8), lines);
      logs.during(
          () -> {
            System.getLogger("some.library").log(System.Logger.Level.WARNING, "look {0}", "out");
            return 1;
          });
    } finally {
      Arrays.asList(root.getHandlers()).forEach(root::removeHandler);
      before.forEach(root::addHandler);
    }

    JsonObject line =
        JsonParser.parseString(out.toString(StandardCharsets.UTF_8)).getAsJsonObject();
    assertThat(line.get("message").getAsString()).isEqualTo("look out");
  }

  @Test
  void amongOthersOnlyWhatAnInvocationLogsGoesToTheFile() throws Exception {
    Path file = folder.resolve("logs/functions.jsonl");
    System.Logger ours = System.getLogger("dev.slipway.Test");
    FunctionLogs logs = FunctionLogs.to(file, lines);
    int handlers = Logger.getLogger("").getHandlers().length;

    ours.log(System.Logger.Level.INFO, "before");
    int result =
        logs.during(
            () -> {
              ours.log(System.Logger.Level.INFO, "within");
              elsewhere(ours);
              return 7;
            });
    ours.log(System.Logger.Level.INFO, "after");

    assertThat(result).isEqualTo(7);
    assertThat(messages(file)).containsExactly("within");
    assertThat(Logger.getLogger("").getHandlers()).hasSize(handlers);
  }

  private static void elsewhere(System.Logger ours) {
    Thread other =
        Thread.ofVirtual().start(() -> ours.log(System.Logger.Level.INFO, "another's"));
    try {
      other.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> messages(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject().get("message").getAsString())
        .toList();
  }
}
