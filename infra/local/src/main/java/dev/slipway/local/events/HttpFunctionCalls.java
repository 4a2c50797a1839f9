package dev.slipway.local.events;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;

/** Calls functions as Eventarc does: a CloudEvent in HTTP's binary mode. */
public final class HttpFunctionCalls implements FunctionCalls, AutoCloseable {

  /** How long an event-driven function may take. */
  public static final Duration TIMEOUT = Duration.ofMinutes(9);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Function<String, URI> address;
  private final Duration timeout;

  /**
   * Calls with Google's time-out.
   *
   * @param address where a function answers, by name; may start it
   */
  public HttpFunctionCalls(Function<String, URI> address) {
    this(address, TIMEOUT);
  }

  public HttpFunctionCalls(Function<String, URI> address, Duration timeout) {
    this.address = address;
    this.timeout = timeout;
  }

  @Override
  public int call(String function, Event event) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.apply(function))
            .timeout(timeout)
            .header("content-type", "application/json")
            .header("ce-specversion", "1.0")
            .header("ce-id", encoded(event.id()))
            .header("ce-source", encoded(event.source()))
            .header("ce-type", encoded(event.type()))
            .header("ce-time", event.time().toString())
            .POST(BodyPublishers.ofByteArray(event.body()));
    if (event.subject() != null) {
      request.header("ce-subject", encoded(event.subject()));
    }
    event.extensions().forEach((name, value) -> request.header("ce-" + name, encoded(value)));
    return http.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  /** As CloudEvents' HTTP binding has it: percent-encoded where it is not plain printable ASCII. */
  static String encoded(String value) {
    StringBuilder encoded = new StringBuilder(value.length());
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      if (b > ' ' && b < 0x7f && b != '"' && b != '%') {
        encoded.append((char) b);
      } else {
        encoded.append("%%%02X".formatted(b & 0xff));
      }
    }
    return encoded.toString();
  }

  /** Breaks off the calls under way. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
