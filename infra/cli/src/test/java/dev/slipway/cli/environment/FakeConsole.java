package dev.slipway.cli.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.local.server.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A console of answers made up before, that keeps what it was asked. */
public final class FakeConsole implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Map<String, Queue<Answer>> first = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  private record Answer(int status, String body) {}

  /**
   * What it was asked.
   *
   * @param headers by name in lower case
   */
  public record Asked(String method, String path, Map<String, String> headers, String body) {}

  public FakeConsole() throws IOException {
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** From now on a path, without its query, is answered so. */
  public void answers(String path, int status, String body) {
    answers.put(path, new Answer(status, body));
  }

  /** The next time a path is asked for, behind those told of before, it is answered so. */
  public void answersOnce(String path, int status, String body) {
    first
        .computeIfAbsent(path, unused -> new ConcurrentLinkedQueue<>())
        .add(new Answer(status, body));
  }

  public List<Asked> asked() {
    return new ArrayList<>(asked);
  }

  /** Returns once it was asked for a path. */
  public synchronized void awaitAsked(String path) {
    while (asked.stream().noneMatch(a -> a.path().equals(path))) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private synchronized void keep(Asked one) {
    asked.add(one);
    notifyAll();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new ConcurrentHashMap<>();
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      keep(new Asked(exchange.getRequestMethod(), path, headers, body));
      Answer answer = next(path);
      byte[] bytes = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Answer next(String path) {
    Queue<Answer> queue = first.get(path);
    Answer once = queue == null ? null : queue.poll();
    return once == null
        ? answers.getOrDefault(path, new Answer(404, "{\"error\":\"no such route\"}"))
        : once;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
