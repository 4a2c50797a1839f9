package dev.slipway.cli.browser;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The Chrome DevTools protocol: commands with answers, and events, as JSON over one web socket. */
final class Wire implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
  private final List<JsonObject> events = new CopyOnWriteArrayList<>();

  Wire(URI address) {
    socket = http.newWebSocketBuilder().buildAsync(address, new Ear()).join();
  }

  /** Every event so far. */
  List<JsonObject> events() {
    return List.copyOf(events);
  }

  /**
   * Sends a command and waits for its answer.
   *
   * @param session the page it is for; empty for the browser
   */
  JsonObject send(String session, String method, JsonObject parameters) {
    int id = ids.incrementAndGet();
    JsonObject message = new JsonObject();
    message.addProperty("id", id);
    message.addProperty("method", method);
    message.add("params", parameters);
    if (!session.isEmpty()) {
      message.addProperty("sessionId", session);
    }
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    synchronized (socket) {
      var unused = socket.sendText(message.toString(), true).join();
    }
    JsonObject answered = answer.orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS).join();
    if (answered.has("error")) {
      throw new IllegalStateException(method + ": " + answered.get("error"));
    }
    return answered.getAsJsonObject("result");
  }

  private final class Ear implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        JsonObject message = JsonParser.parseString(text.toString()).getAsJsonObject();
        text.setLength(0);
        hear(message);
      }
      from.request(1);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      waiting.values().forEach(answer -> answer.completeExceptionally(new CompletionException(error)));
    }
  }

  private void hear(JsonObject message) {
    CompletableFuture<JsonObject> answer =
        message.has("id") ? waiting.remove(message.get("id").getAsInt()) : null;
    if (answer != null) {
      answer.complete(message);
    } else {
      events.add(message);
    }
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }
}
