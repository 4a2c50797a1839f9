package dev.slipway.rollout;

import dev.slipway.release.SmokeResult;
import dev.slipway.release.SmokeTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Smokes a revision by HTTP GET. */
public final class HttpSmoke implements Smoke {

  /** As much of a failing answer as helps to see why. */
  private static final int EXCERPT_BYTES = 300;

  private final HttpClient http;
  private final IdTokens tokens;
  private final Clock clock;

  public HttpSmoke(HttpClient http, IdTokens tokens, Clock clock) {
    this.http = http;
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public SmokeResult run(String uri, String audience, SmokeTest test) {
    HttpRequest request = request(uri, audience, test, "slipway-smoke");
    Duration first = Duration.ZERO;
    for (int i = 0; i < test.requests(); i++) {
      Instant asked = clock.instant();
      Optional<String> wrong = ask(request, test);
      if (wrong.isPresent()) {
        return new SmokeResult.Failed(wrong.get());
      }
      if (i == 0) {
        first = Duration.between(asked, clock.instant());
      }
    }
    return new SmokeResult.Passed(test.requests(), first);
  }

  @Override
  public void sample(String uri, String audience, SmokeTest test) {
    HttpRequest request = request(uri, audience, test, Logs.SYNTHETIC_AGENT);
    for (int i = 0; i < test.requests(); i++) {
      var unused = ask(request, test);
    }
  }

  private HttpRequest request(String uri, String audience, SmokeTest test, String agent) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri + test.path()))
            .timeout(test.timeout())
            .header("user-agent", agent);
    tokens.token(audience).ifPresent(token -> request.header("authorization", "Bearer " + token));
    return request.build();
  }

  /** What is wrong with the answer, if anything. */
  private Optional<String> ask(HttpRequest request, SmokeTest test) {
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        return response.statusCode() < 400
            ? Optional.empty()
            : Optional.of(
                "GET %s answered %d%s"
                    .formatted(test.path(), response.statusCode(), excerpt(body)));
      }
    } catch (HttpTimeoutException e) {
      return Optional.of(
          "GET %s did not answer within %d ms".formatted(test.path(), test.timeout().toMillis()));
    } catch (IOException e) {
      return Optional.of("GET %s failed: %s".formatted(test.path(), reason(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during a smoke test", e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static String excerpt(InputStream body) throws IOException {
    String text =
        new String(body.readNBytes(EXCERPT_BYTES), StandardCharsets.UTF_8)
            .replaceAll("\\p{Cntrl}+", " ")
            .strip();
    return text.isEmpty() ? "" : ": " + text;
  }
}
