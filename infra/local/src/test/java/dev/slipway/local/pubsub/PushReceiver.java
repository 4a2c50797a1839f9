package dev.slipway.local.pubsub;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.local.server.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An endpoint to push to: keeps what it got, and answers with the statuses it was told. */
final class PushReceiver implements AutoCloseable {

  /** One request. */
  record Post(String body, Headers headers) {
    JsonObject json() {
      return JsonParser.parseString(body).getAsJsonObject();
    }
  }

  private final HttpServer server;
  private final List<Integer> statuses;
  private final AtomicInteger answered = new AtomicInteger();
  private final BlockingQueue<Post> posts = new LinkedBlockingQueue<>();

  private PushReceiver(HttpServer server, List<Integer> statuses) {
    this.server = server;
    this.statuses = statuses;
  }

  /** Answers with each status once, and with the last one from then on. */
  static PushReceiver answering(Integer... statuses) throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 0);
    PushReceiver receiver = new PushReceiver(server, List.of(statuses));
    server.createContext("/push", receiver::answer);
    server.start();
    return receiver;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/push";
  }

  Post next() throws InterruptedException {
    Post post = posts.poll(20, TimeUnit.SECONDS);
    if (post == null) {
      throw new AssertionError("nothing was pushed");
    }
    return post;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body =
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      posts.add(new Post(body, exchange.getRequestHeaders()));
      int status = statuses.get(Math.min(answered.getAndIncrement(), statuses.size() - 1));
      exchange.sendResponseHeaders(status, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
