package dev.slipway.local.functions;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * Gives functions a URL that outlives a restart: {@code /functions/NAME/REST} is passed on to the
 * function as {@code /REST}, as {@code REGION-PROJECT.cloudfunctions.net/NAME/REST} is on Google.
 * Answers are passed on as they come, so that a page can be kept up to date by one long answer.
 */
final class FunctionProxy implements HttpHandler, AutoCloseable {

  /** Headers of one connection, not of the request; and those the client sets itself. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Function<String, URI> address;

  FunctionProxy(Function<String, URI> address) {
    this.address = address;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws IOException {
    String path = exchange.getRelativePath();
    int end = path.indexOf('/', 1);
    if (end < 0) {
      answer(exchange, StatusCodes.NOT_FOUND, "call /functions/NAME/, slash and all");
      return;
    }
    URI function;
    try {
      function = address.apply(path.substring(1, end));
    } catch (IllegalArgumentException e) {
      answer(exchange, StatusCodes.NOT_FOUND, String.valueOf(e.getMessage()));
      return;
    } catch (FunctionStartException e) {
      answer(exchange, StatusCodes.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()));
      return;
    }
    try {
      passOn(exchange, function.resolve(rest(exchange)));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      answer(exchange, StatusCodes.SERVICE_UNAVAILABLE, "the laptop cloud is stopping");
    }
  }

  /** What follows the function's name, still encoded, query and all. */
  private static String rest(HttpServerExchange exchange) {
    String uri = exchange.getRequestURI();
    int name = uri.indexOf('/', 1) + 1;
    String query = exchange.getQueryString();
    return "/"
        + uri.substring(uri.indexOf('/', name) + 1)
        + (query.isEmpty() ? "" : "?" + query);
  }

  private void passOn(HttpServerExchange exchange, URI target)
      throws IOException, InterruptedException {
    byte[] body = exchange.getInputStream().readAllBytes();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .method(
                exchange.getRequestMethod().toString(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
            .header("x-forwarded-host", exchange.getHostAndPort())
            .header("x-forwarded-proto", "http");
    exchange
        .getRequestHeaders()
        .forEach(
            header -> {
              if (isPassedOn(header.getHeaderName().toString())) {
                header.forEach(value -> request.header(header.getHeaderName().toString(), value));
              }
            });
    HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
    exchange.setStatusCode(response.statusCode());
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (isPassedOn(name)) {
                exchange.getResponseHeaders().putAll(new HttpString(name), values);
              }
            });
    try (InputStream content = response.body()) {
      copy(content, exchange.getOutputStream());
    }
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[16 << 10];
    for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
      to.write(buffer, 0, read);
      if (from.available() == 0) {
        to.flush();
      }
    }
    to.close();
  }

  private static boolean isPassedOn(String header) {
    return !NOT_PASSED_ON.contains(header.toLowerCase(Locale.ROOT));
  }

  private static void answer(HttpServerExchange exchange, int status, String why) {
    exchange.setStatusCode(status);
    exchange.getResponseSender().send(why);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
