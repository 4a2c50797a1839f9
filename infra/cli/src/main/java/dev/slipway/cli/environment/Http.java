package dev.slipway.cli.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.slipway.cli.laptop.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks one console over HTTP, in the name its identity vouches for. */
final class Http implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final int ERROR = 300;

  private final URI page;
  private final Identity identity;
  private final Refusals refusals;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          // A login page would answer with its own 200.
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  /**
   * Asks a console.
   *
   * @param page its address, with a slash at its end
   */
  Http(URI page, Identity identity) {
    this.page = page;
    this.identity = identity;
    refusals = new Refusals(page);
  }

  URI address(String path) {
    return page.resolve(path);
  }

  JsonElement get(String path, Map<String, String> query) {
    return json(request(path, query).GET().build());
  }

  JsonElement post(String path, String body) {
    return json(
        request(path, Map.of())
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** The answer as it comes; what is an error was thrown already. */
  InputStream open(String path, Map<String, String> query) {
    HttpRequest request = request(path, query).GET().build();
    HttpResponse<InputStream> response = send(request, BodyHandlers.ofInputStream());
    if (response.statusCode() < ERROR) {
      return response.body();
    }
    try (InputStream body = response.body()) {
      throw refusals.of(request, response.statusCode(), new String(body.readNBytes(4096), UTF_8));
    } catch (IOException e) {
      throw refusals.of(request, response.statusCode(), "");
    }
  }

  private HttpRequest.Builder request(String path, Map<String, String> query) {
    String asked =
        query.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(asked.isEmpty() ? path : path + "?" + asked))
            .timeout(ANSWER)
            .header("accept", "application/json")
            .header("user-agent", "slipway");
    // Cloud Run takes the signature off the token it looks at: the console is sent its own.
    identity
        .token()
        .ifPresent(
            token ->
                request
                    .header("authorization", "Bearer " + token)
                    .header("x-serverless-authorization", "Bearer " + token));
    return request;
  }

  private JsonElement json(HttpRequest request) {
    HttpResponse<String> response = send(request, BodyHandlers.ofString());
    if (response.statusCode() >= ERROR) {
      throw refusals.of(request, response.statusCode(), response.body());
    }
    try {
      JsonElement json = JsonParser.parseString(response.body());
      if (json.isJsonObject() || json.isJsonArray()) {
        return json;
      }
    } catch (JsonParseException no) {
      // said below
    }
    throw new Failure(
        "Tried %s %s but the answer is no JSON: is %s the console's address?"
            .formatted(request.method(), request.uri(), page));
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (HttpConnectTimeoutException | ConnectException e) {
      throw failed(
          request,
          isHere(request)
              ? "nobody answers there. Does what served it, as 'slipway up', still run?"
              : "nobody answers there. Is the environment's address right?",
          e);
    } catch (HttpTimeoutException e) {
      throw failed(
          request, "no answer came within %d s. Try again.".formatted(ANSWER.toSeconds()), e);
    } catch (IOException e) {
      throw failed(request, e + ". Try again.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(request, "it was interrupted.", e);
    }
  }

  private static boolean isHere(HttpRequest request) {
    String host = request.uri().getHost();
    return host.equals("127.0.0.1") || host.equals("localhost");
  }

  private static Failure failed(HttpRequest request, String why, Exception cause) {
    return new Failure(
        "Tried %s %s but failed: %s".formatted(request.method(), request.uri(), why), cause);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
