package dev.slipway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import dev.slipway.notify.Interactions;
import java.io.IOException;
import java.util.Optional;

/** {@code POST /slack/interactions}: what people click in Slack. */
final class SlackClicks {

  private static final String PATH = "/slack/interactions";

  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 413;
  private static final int MAX_BODY = 1 << 20;

  private SlackClicks() {}

  static boolean isOne(HttpRequest request) {
    return request.getMethod().equals("POST") && request.getPath().equals(PATH);
  }

  /** Answers; 404 where there is no secret to check a signature with. */
  static void answer(Wiring wiring, HttpRequest request, HttpResponse response)
      throws IOException {
    Optional<Interactions> interactions = wiring.interactions();
    if (interactions.isEmpty()) {
      send(response, new Interactions.Answer(NOT_FOUND, "Slack is not set up here"));
      return;
    }
    byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      send(response, new Interactions.Answer(TOO_LARGE, "no click is that large"));
      return;
    }
    Interactions.Request asked =
        new Interactions.Request(
            request.getFirstHeader("X-Slack-Signature").orElse(""),
            request.getFirstHeader("X-Slack-Request-Timestamp").orElse(""),
            new String(body, UTF_8));
    send(response, wiring.during("console", () -> interactions.get().answer(asked)));
  }

  private static void send(HttpResponse response, Interactions.Answer answer) throws IOException {
    response.setStatusCode(answer.status());
    response.appendHeader("cache-control", "no-store");
    response.appendHeader("x-content-type-options", "nosniff");
    if (!answer.body().isEmpty()) {
      response.setContentType(
          answer.status() == 200
              ? "application/json; charset=utf-8"
              : "text/plain; charset=utf-8");
      response.getWriter().write(answer.body());
    }
  }
}
