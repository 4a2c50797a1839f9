package dev.slipway;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import dev.slipway.console.Answer;
import java.io.IOException;

/**
 * A person, or the command line, asks over HTTP. Who may ask is the platform's to decide: the
 * function is deployed for IAM-checked callers only, and it changes nothing. What people click in
 * Slack comes here too, signed by Slack.
 */
public final class ConsoleFunction implements HttpFunction {

  private final Wiring wiring;

  /** Reads the settings from the environment. */
  public ConsoleFunction() {
    this(Wiring.shared());
  }

  public ConsoleFunction(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    if (SlackClicks.isOne(request)) {
      SlackClicks.answer(wiring, request, response);
      return;
    }
    Answer answer =
        wiring
            .console()
            .answer(
                request.getMethod(), request.getPath(), request.getFirstQueryParameter("limit"));
    response.setStatusCode(answer.status());
    response.setContentType("application/json; charset=utf-8");
    response.appendHeader("cache-control", "no-store");
    response.appendHeader("x-content-type-options", "nosniff");
    if (answer.status() == 405) {
      response.appendHeader("allow", "GET, HEAD");
    }
    response.getWriter().write(answer.text());
  }
}
