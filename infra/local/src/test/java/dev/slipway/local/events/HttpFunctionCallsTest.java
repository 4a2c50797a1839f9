package dev.slipway.local.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.local.server.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class HttpFunctionCallsTest {

  private static final Event EVENT =
      new Event(
          "1",
          "//storage.googleapis.com/projects/_/buckets/in",
          "google.cloud.storage.object.v1.finalized",
          "objects/größe 100%.crate",
          Instant.parse("2026-01-01T00:00:00Z"),
          Map.of("bucket", "in"),
          "{\"name\":\"größe 100%.crate\"}");

  @Test
  void anEventTravelsInBinaryMode() throws Exception {
    CompletableFuture<Headers> headers = new CompletableFuture<>();
    CompletableFuture<String> body = new CompletableFuture<>();
    HttpServer server = server();
    server.createContext(
        "/",
        exchange -> {
          headers.complete(exchange.getRequestHeaders());
          byte[] bytes = exchange.getRequestBody().readAllBytes();
          body.complete(new String(bytes, StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });

    int status;
    try (var calls = new HttpFunctionCalls(name -> address(server, name))) {
      status = calls.call("build", EVENT);
    } finally {
      server.stop(0);
    }

    assertThat(status).isEqualTo(503);
    assertThat(body.get()).isEqualTo(EVENT.json());
    assertThat(headers.get().getFirst("content-type")).isEqualTo("application/json");
    assertThat(headers.get().getFirst("ce-specversion")).isEqualTo("1.0");
    assertThat(headers.get().getFirst("ce-id")).isEqualTo("1");
    assertThat(headers.get().getFirst("ce-source")).isEqualTo(EVENT.source());
    assertThat(headers.get().getFirst("ce-type")).isEqualTo(EVENT.type());
    assertThat(headers.get().getFirst("ce-time")).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(headers.get().getFirst("ce-bucket")).isEqualTo("in");
    assertThat(headers.get().getFirst("ce-subject"))
        .isEqualTo("objects/gr%C3%B6%C3%9Fe%20100%25.crate");
  }

  @Test
  void aFunctionThatDoesNotAnswerInTimeHasFailed() throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    HttpServer server = server();
    server.createContext("/", exchange -> done.join());

    try (var calls =
        new HttpFunctionCalls(name -> address(server, name), Duration.ofMillis(100))) {
      assertThatThrownBy(() -> calls.call("build", EVENT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("timed out");
    } finally {
      done.complete(null);
      server.stop(0);
    }
  }

  private static URI address(HttpServer server, String name) {
    return URI.create("http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), name));
  }

  private static HttpServer server() throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free());
    HttpServer server = HttpServer.create(address, 0);
    server.start();
    return server;
  }
}
