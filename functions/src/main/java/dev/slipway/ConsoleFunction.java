package dev.slipway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import dev.slipway.console.http.Reply;
import dev.slipway.console.http.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A person, or the command line, asks over HTTP. The platform lets in whom it is told to; who that
 * is the console checks for itself. What people click in Slack comes here too, signed by Slack.
 */
public final class ConsoleFunction implements HttpFunction {

  private static final Logger LOG = System.getLogger(ConsoleFunction.class.getName());
  private static final int MAX_BODY = 64 << 10;

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
    byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
    Reply reply =
        body.length > MAX_BODY
            ? Reply.text(413, "text/plain", "nothing that is sent here is that large")
            : wiring.console().answer(asked(request, body));
    response.setStatusCode(reply.status());
    reply.headers().forEach((name, value) -> send(response, name, value));
    try (OutputStream out = response.getOutputStream()) {
      reply.body().writeTo(out);
    } catch (IOException gone) {
      // Whoever asked has left, as from a page that is closed: there is nobody to tell.
      LOG.log(Level.DEBUG, "nobody took the answer to {0}: {1}", request.getPath(), gone);
    }
  }

  private static void send(HttpResponse response, String name, String value) {
    if (name.equals("content-type")) {
      response.setContentType(value);
    } else {
      response.appendHeader(name, value);
    }
  }

  private static Request asked(HttpRequest request, byte[] body) {
    String path = request.getPath();
    return new Request(
        request.getMethod(),
        path.isEmpty() ? "/" : path,
        first(request.getQueryParameters()),
        first(request.getHeaders()),
        new String(body, UTF_8));
  }

  private static Map<String, String> first(Map<String, List<String>> all) {
    Map<String, String> first = new LinkedHashMap<>();
    all.forEach(
        (name, values) -> {
          if (!values.isEmpty()) {
            first.put(name, values.getFirst());
          }
        });
    return first;
  }
}
