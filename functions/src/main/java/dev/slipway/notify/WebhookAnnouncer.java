package dev.slipway.notify;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * One channel through an incoming webhook, which can post and nothing else. Its URL is a secret: it
 * is part of no message and of no exception.
 */
public final class WebhookAnnouncer implements Announcer {

  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;

  private final HttpClient http;
  private final URI url;
  private final Duration timeout;

  /** Posts to {@code url}. */
  public WebhookAnnouncer(HttpClient http, URI url, Duration timeout) {
    this.http = http;
    this.url = url;
    this.timeout = timeout;
  }

  @Override
  public String post(Address to, Card card) {
    JsonObject body = new JsonObject();
    body.addProperty("text", card.text());
    body.add("blocks", card.blocks());
    String what = "post the %s of %s through Slack's webhook".formatted(to.key(), to.release());
    HttpResponse<Void> answer = send(what, body);
    int status = answer.statusCode();
    if (status != OK) {
      String message = "Tried to %s but it answered %d".formatted(what, status);
      if (status == TOO_MANY) {
        throw new RateLimitedException(
            message,
            SlackAnnouncer.retryAfter(answer.headers().firstValue("retry-after").orElse(null)));
      }
      boolean refused = status >= CLIENT_ERROR && status < SERVER_ERROR;
      throw refused ? new NotSaidException(message) : new IllegalStateException(message);
    }
    return "";
  }

  private HttpResponse<Void> send(String what, JsonObject body) {
    try {
      return http.send(
          HttpRequest.newBuilder(url)
              .timeout(timeout)
              .header("content-type", "application/json; charset=utf-8")
              .POST(BodyPublishers.ofString(body.toString()))
              .build(),
          BodyHandlers.discarding());
    } catch (IOException e) {
      throw new IllegalStateException(
          "Tried to %s but failed: %s".formatted(what, e.getClass().getSimpleName()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Tried to %s but was interrupted".formatted(what));
    }
  }

  @Override
  public void edit(Address to, String message, Card card) {
    throw new UnsupportedOperationException("a webhook edits nothing");
  }

  @Override
  public Optional<String> find(Address at) {
    throw new UnsupportedOperationException("a webhook finds nothing");
  }

  @Override
  public boolean isEditable() {
    return false;
  }
}
