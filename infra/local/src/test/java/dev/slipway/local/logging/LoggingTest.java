package dev.slipway.local.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.MonitoredResource;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.cloud.logging.v2.LoggingClient;
import com.google.cloud.logging.v2.LoggingSettings;
import com.google.logging.type.HttpRequest;
import com.google.logging.type.LogSeverity;
import com.google.logging.v2.ListLogEntriesRequest;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.Timestamps;
import dev.slipway.local.Clients;
import dev.slipway.local.server.CloudServer;
import dev.slipway.local.server.Endpoints;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Log entries, read and written with Google's client. */
final class LoggingTest {

  private static final long START = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();

  private final List<LogEntry> logged = new ArrayList<>();
  private CloudServer server;
  private Clients clients;
  private LoggingClient logging;

  @BeforeEach
  void open() throws IOException {
    server =
        CloudServer.start(
            Endpoints.free(), List.of(new Logging(Clock.systemUTC(), List.of(() -> logged))));
    clients = Clients.to(server.endpoints().grpc());
    logging =
        LoggingClient.create(
            LoggingSettings.newBuilder()
                .setTransportChannelProvider(clients.transport())
                .setCredentialsProvider(clients.credentials())
                .build());
  }

  @AfterEach
  void close() {
    logging.close();
    clients.close();
    server.close();
  }

  private LogEntry.Builder log(int second, String revision, String log) {
    return LogEntry.newBuilder()
        .setLogName("projects/laptop/logs/run.googleapis.com%2F" + log)
        .setTimestamp(Timestamps.fromSeconds(START + second))
        .setInsertId("id-" + logged.size())
        .setResource(
            MonitoredResource.newBuilder()
                .setType("cloud_run_revision")
                .putLabels("revision_name", revision));
  }

  private void line(int second, String revision, String text) {
    logged.add(log(second, revision, "stdout").setTextPayload(text).build());
  }

  private List<String> list(String filter) {
    return list(filter, "", 1000);
  }

  private List<String> list(String filter, String order, int page) {
    ListLogEntriesRequest request =
        ListLogEntriesRequest.newBuilder()
            .addResourceNames("projects/laptop")
            .setFilter(filter)
            .setOrderBy(order)
            .setPageSize(page)
            .build();
    return StreamSupport.stream(
            logging.listLogEntries(request).iterateAll().spliterator(), false)
        .map(LogEntry::getTextPayload)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "textPayload:\"PANICKED\"                                   | b",
        "textPayload = \"a\"                                        | a",
        "textPayload : (\"panicked\" OR \"cc\")                     | b c",
        "textPayload =~ \"^c+$\"                                    | c",
        "textPayload !~ \"^c+$\"                                    | a b",
        "NOT textPayload:\"panicked\"                               | a c",
        "-textPayload:\"panicked\"                                  | a c",
        "panicked                                                   | b",
        "resource.labels.revision_name = (\"r-1\" OR \"r-9\")       | a b",
        "resource.type=\"cloud_run_revision\" resource.labels.revision_name!=r-1 | c",
        "timestamp >= \"2026-01-01T00:00:20Z\" AND timestamp < \"2026-01-01T00:00:30Z\" | b",
        "(timestamp > \"2026-01-01T00:00:20Z\") OR (textPayload=a)  | a c",
        "textPayload=a OR textPayload=cc AND resource.labels.revision_name=r-2 | c",
        "severity >= ERROR                                          | b",
        "logName=\"projects/laptop/logs/run.googleapis.com%2Fstdout\" | a b c",
        "log_id(\"run.googleapis.com/stdout\") AND textPayload:*     | a b c",
        "textPayload:nowhere                                        | ``"
      })
  void filtersChooseEntries(String filter, String expected) {
    line(10, "r-1", "a");
    logged.add(
        log(20, "r-1", "stdout").setTextPayload("b panicked").setSeverity(LogSeverity.ERROR).build());
    line(30, "r-2", "cc");

    assertThat(String.join(" ", list(filter).stream().map(t -> t.substring(0, 1)).toList()))
        .isEqualTo(expected);
  }

  @Test
  void requestsAndJsonAreFoundByTheirFields() {
    logged.add(
        log(1, "r-1", "requests")
            .setHttpRequest(HttpRequest.newBuilder().setUserAgent("slipway-gate").setStatus(503))
            .setInsertId("request")
            .build());
    logged.add(
        log(2, "r-1", "stdout")
            .setJsonPayload(
                Struct.newBuilder()
                    .putFields("message", Value.newBuilder().setStringValue("m panicked").build()))
            .setInsertId("json")
            .build());

    assertThat(ids("httpRequest.userAgent = \"slipway-gate\" AND httpRequest.status >= 500"))
        .containsExactly("request");
    assertThat(ids("httpRequest.status < 500")).isEmpty();
    assertThat(ids("jsonPayload.message : \"panicked\"")).containsExactly("json");
  }

  private List<String> ids(String filter) {
    List<String> ids = new ArrayList<>();
    logging
        .listLogEntries(List.of("projects/laptop"), filter, "")
        .iterateAll()
        .forEach(entry -> ids.add(entry.getInsertId()));
    return ids;
  }

  @Test
  void entriesComeInOrderOfTimeByPages() {
    line(30, "r-1", "c");
    line(10, "r-1", "a");
    line(20, "r-1", "b");

    assertThat(list("", "", 2)).containsExactly("a", "b", "c");
    assertThat(list("", "timestamp desc", 1)).containsExactly("c", "b", "a");
  }

  @Test
  void anotherProjectsEntriesAreNotFound() {
    line(1, "r-1", "a");
    logged.add(
        LogEntry.newBuilder().setLogName("projects/laptop2/logs/x").setTextPayload("no").build());

    assertThat(list("")).containsExactly("a");
  }

  @Test
  void whatIsWrittenIsReadWithWhatTheRequestSaysForAll() {
    var unused =
        logging.writeLogEntries(
            "projects/laptop/logs/mine",
            MonitoredResource.newBuilder().setType("global").build(),
            Map.of("team", "web"),
            List.of(LogEntry.newBuilder().setTextPayload("hello").build()));

    assertThat(list("resource.type=global AND labels.team=web")).containsExactly("hello");
  }

  @Test
  void anUnreadableFilterOrOrderIsRefused() {
    assertThatThrownBy(() -> list("textPayload ="))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("ends too early");
    assertThatThrownBy(() -> list("(textPayload=a"))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("')'");
    assertThatThrownBy(() -> list("", "size", 1)).isInstanceOf(InvalidArgumentException.class);
  }
}
