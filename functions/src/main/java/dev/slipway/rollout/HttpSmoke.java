package dev.slipway.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.release.SmokeResult;
import dev.slipway.release.SmokeTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Smokes a revision by HTTP GET. */
public final class HttpSmoke implements Smoke {

  /** As much of a failing answer as helps to see why. */
  private static final int EXCERPT_BYTES = 300;

  /** As much of an answer as is looked through. */
  private static final int MATCHED_BYTES = 64 << 10;

  private final HttpClient http;
  private final IdTokens tokens;
  private final Clock clock;

  public HttpSmoke(HttpClient http, IdTokens tokens, Clock clock) {
    this.http = http;
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public SmokeResult run(Address address, SmokeTest test, int warmup) {
    HttpRequest request = request(address, test, "slipway-smoke");
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
    for (int i = 0; i < warmup; i++) {
      Optional<String> wrong = ask(request, test);
      if (wrong.isPresent()) {
        return new SmokeResult.Failed("warm-up request %d: %s".formatted(i + 1, wrong.get()));
      }
    }
    return new SmokeResult.Passed(test.requests(), first);
  }

  @Override
  public void sample(Address address, SmokeTest test) {
    HttpRequest request = request(address, test, Logs.SYNTHETIC_AGENT);
    for (int i = 0; i < test.requests(); i++) {
      var unused = ask(request, test);
    }
  }

  private HttpRequest request(Address address, SmokeTest test, String agent) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address.uri() + test.path()))
            .timeout(test.timeout())
            .header("user-agent", agent);
    tokens.token(address.audience()).ifPresent(token -> request.header("authorization", "Bearer " + token));
    return request.build();
  }

  /** What is wrong with the answer, if anything. */
  private Optional<String> ask(HttpRequest request, SmokeTest test) {
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        byte[] start = body.readNBytes(MATCHED_BYTES);
        if (!test.accepts(response.statusCode())) {
          return Optional.of(
              "GET %s answered %d%s"
                  .formatted(test.path(), response.statusCode(), excerpt(start)));
        }
        return test.contains()
            .filter(text -> !new String(start, UTF_8).contains(text))
            .map(
                text ->
                    "GET %s answered %d, but nothing with '%s'%s"
                        .formatted(test.path(), response.statusCode(), text, excerpt(start)));
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

  private static String excerpt(byte[] body) {
    String text =
        new String(body, 0, Math.min(body.length, EXCERPT_BYTES), UTF_8)
            .replaceAll("\\p{Cntrl}+", " ")
            .strip();
    return text.isEmpty() ? "" : ": " + text;
  }
}
