package dev.slipway.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoredBuildLogsTest {

  private static final String OBJECT = "/storage/v1/b/acme-sources/o/build-logs/log-b1.txt";

  private final List<String> ranges = new ArrayList<>();
  private byte[] log = new byte[0];
  private int status = 200;
  private HttpServer server;
  private StoredBuildLogs logs;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    logs =
        new StoredBuildLogs(
            StorageOptions.newBuilder()
                .setHost("http://127.0.0.1:" + server.getAddress().getPort())
                .setProjectId("laptop")
                .setCredentials(NoCredentials.getInstance())
                .setRetrySettings(RetrySettings.newBuilder().setMaxAttempts(1).build())
                .build()
                .getService(),
            "acme-sources");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void readsAShortLogWhole() {
    log = "error: no\n".getBytes(UTF_8);

    assertThat(logs.tail("b1")).isEqualTo("error: no\n");
  }

  @Test
  void readsOnlyTheEndOfALongLog() {
    log = ("x".repeat(99) + "\n").repeat(10_000).getBytes(UTF_8);

    String tail = logs.tail("b1");

    assertThat(tail).hasSize(256 * 1024).endsWith("x\n");
    assertThat(ranges).allMatch(range -> range.startsWith("bytes=" + (1_000_000 - 256 * 1024)));
  }

  @Test
  void aPartIsOfWholeLines() {
    log = "one\ntwo\nthr".getBytes(UTF_8);

    assertThat(logs.read("b1", 0, 100)).isEqualTo(new LogParts.Part(0, 8, "one\ntwo\n"));
    assertThat(logs.read("b1", 0, 6)).isEqualTo(new LogParts.Part(0, 4, "one\n"));
    assertThat(logs.read("b1", -9, 100)).isEqualTo(new LogParts.Part(4, 8, "two\n"));
    assertThat(logs.read("b1", 8, 100)).isEqualTo(new LogParts.Part(8, 8, ""));
    assertThat(logs.read("b1", 8, 2)).as("longer than a part").isEqualTo(new LogParts.Part(8, 10, "th"));
  }

  @Test
  void aPartShowsNoSecret() {
    log = "DATABASE_PASSWORD=hunter2\nDATABASE_PASSWORD=hun".getBytes(UTF_8);

    assertThat(logs.read("b1", 0, 100).text()).isEqualTo("DATABASE_PASSWORD=***\n");
  }

  @Test
  void saysNothingOfABuildWithoutALog() {
    assertThat(logs.tail("b2")).isEmpty();
  }

  @Test
  void saysNothingWhereItMayNotRead() {
    status = 403;

    assertThat(logs.tail("b1")).isEmpty();
  }

  @Test
  void throwsWhenTheStorageIsDownBecauseARetryCanHelp() {
    status = 503;

    assertThatThrownBy(() -> logs.tail("b1")).isInstanceOf(StorageException.class);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (status != 200) {
      exchange.sendResponseHeaders(status, -1);
    } else if (path.equals(OBJECT) && !"alt=media".equals(exchange.getRequestURI().getQuery())) {
      send(exchange, 200, metadata());
    } else if (path.endsWith(OBJECT)) {
      ranges.add(String.valueOf(range));
      int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-.*", "$1"));
      send(exchange, range == null ? 200 : 206, Arrays.copyOfRange(log, from, log.length));
    } else {
      exchange.sendResponseHeaders(404, -1);
    }
    exchange.close();
  }

  private byte[] metadata() {
    return """
    {"kind":"storage#object","bucket":"acme-sources","name":"build-logs/log-b1.txt",
     "generation":"1","size":"%d"}
    """
        .formatted(log.length)
        .getBytes(UTF_8);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
