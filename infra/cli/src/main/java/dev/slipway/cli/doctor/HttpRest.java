package dev.slipway.cli.doctor;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Asks over HTTP with the JDK's client; follows no redirect, reads at most 4 MiB. */
final class HttpRest implements Rest {

  private static final Duration CONNECTING = Duration.ofSeconds(5);
  private static final Duration ANSWERING = Duration.ofSeconds(15);
  private static final int MOST = 4 << 20;

  private final HttpClient http =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECTING)
          .build();
  private final UnaryOperator<URI> address;

  /**
   * Asks at changed addresses.
   *
   * @param address where what is at an address is asked for; the same address but in tests
   */
  HttpRest(UnaryOperator<URI> address) {
    this.address = address;
  }

  @Override
  public Answer ask(Request request) {
    try {
      HttpResponse<InputStream> response =
          http.send(http(request), BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        return answer(response, new String(body.readNBytes(MOST), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      String why = e.getMessage();
      return Answer.silence(
          request.uri().getHost() + " does not answer: " + (why == null ? e.getClass().getSimpleName() : why));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.silence("interrupted");
    }
  }

  private HttpRequest http(Request request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(address.apply(request.uri())).timeout(ANSWERING);
    request.bearer().ifPresent(token -> builder.header("authorization", "Bearer " + token));
    request.quota().ifPresent(project -> builder.header("x-goog-user-project", project));
    request
        .body()
        .ifPresentOrElse(
            body ->
                builder
                    .header("content-type", body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(body)),
            builder::GET);
    return builder.build();
  }

  private static Answer answer(HttpResponse<?> response, String body) {
    return new Answer(
        response.statusCode(),
        tree(body),
        response.headers().firstValue("location").orElse(""),
        response.headers().firstValue("date").flatMap(HttpRest::instant),
        "");
  }

  private static Tree tree(String body) {
    try {
      return new Tree(JsonParser.parseString(body));
    } catch (JsonParseException e) {
      return Tree.NOTHING;
    }
  }

  private static Optional<Instant> instant(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
