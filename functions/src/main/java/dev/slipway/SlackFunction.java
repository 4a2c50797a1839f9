package dev.slipway;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;

/**
 * Somebody clicked in Slack. Slack has no identity of Google's, so this function is open to anyone,
 * and for that reason does nothing but check Slack's signature and hand commands on.
 */
public final class SlackFunction implements HttpFunction {

  private static final int NOT_FOUND = 404;

  private final Wiring wiring;

  /** Reads the settings from the environment. */
  public SlackFunction() {
    this(Wiring.shared());
    wiring.expectClicks();
  }

  public SlackFunction(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    if (SlackClicks.isOne(request)) {
      SlackClicks.answer(wiring, request, response);
    } else {
      response.setStatusCode(NOT_FOUND);
    }
  }
}
