package dev.slipway.cli.doctor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.local.server.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Plays every host that a doctor asks, on one port: the first part of a path is the host. */
final class GoogleServer implements AutoCloseable {

  /** What an answer begins with that has a status of its own: {@code 403 {...}}. */
  private static final String STATUS = "[1-5][0-9][0-9] (?s).*";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, String> answers;
  private final List<String> tokens = new CopyOnWriteArrayList<>();

  GoogleServer(Map<String, String> answers) throws IOException {
    this.answers = answers;
    server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where what is at an address is played. */
  URI address(URI uri) {
    return URI.create(
        "http://127.0.0.1:%d/%s%s%s"
            .formatted(
                server.getAddress().getPort(),
                uri.getHost().replace(".googleapis.com", ""),
                uri.getRawPath(),
                Optional.ofNullable(uri.getRawQuery()).map(q -> "?" + q).orElse("")));
  }

  /** {@code HOST TOKEN} of every request that showed one. */
  List<String> tokens() {
    return tokens;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(1);
    Optional.ofNullable(exchange.getRequestHeaders().getFirst("authorization"))
        .ifPresent(token -> tokens.add(path.replaceAll("/.*", "") + " " + token));
    String answer =
        answers.getOrDefault(
            exchange.getRequestMethod() + " " + path + page(exchange.getRequestURI()),
            "404 {\"error\":{\"code\":404,\"message\":\"not found\",\"status\":\"NOT_FOUND\"}}");
    int status = answer.matches(STATUS) ? Integer.parseInt(answer.substring(0, 3)) : 200;
    String body = answer.matches(STATUS) ? answer.substring(4) : answer;
    if (status == 302) {
      exchange.getResponseHeaders().add("location", body);
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Of a query only the page is told apart. */
  private static String page(URI uri) {
    String query = Optional.ofNullable(uri.getRawQuery()).orElse("");
    int at = query.indexOf("pageToken=");
    return at < 0 ? "" : "?" + query.substring(at);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
