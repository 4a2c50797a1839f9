package dev.slipway.local.storage;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;

/** Where HTTP meets the API: turns exchanges into requests, replies and exceptions into answers. */
final class Edge implements HttpHandler {

  private static final Logger LOG = System.getLogger(Edge.class.getName());

  private final String prefix;
  private final Api api;

  Edge(String prefix, Api api) {
    this.prefix = prefix;
    this.api = api;
  }

  /** The beginning of the paths it answers. */
  String prefix() {
    return prefix;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws IOException {
    Reply reply = answer(exchange);
    exchange.setStatusCode(reply.status());
    reply
        .headers()
        .forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
    try (InputStream body = reply.body()) {
      send(exchange, body, reply.length());
    }
  }

  private Reply answer(HttpServerExchange exchange) {
    try {
      return answer(request(exchange), api);
    } catch (ApiException e) {
      return e.reply();
    }
  }

  /** Asks {@code api}, and makes an answer of whatever goes wrong. */
  static Reply answer(Request request, Api api) {
    try {
      return api.answer(request);
    } catch (ApiException e) {
      return e.reply();
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.DEBUG, "a request could not be read or its content not be kept", e);
      return new ApiException(500, "backendError", String.valueOf(e.getMessage())).reply();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a request failed: " + request.method() + " " + request.path(), e);
      return new ApiException(500, "backendError", e.toString()).reply();
    }
  }

  private Request request(HttpServerExchange exchange) {
    String uri = exchange.getRequestURI();
    String path = exchange.isHostIncludedInRequestURI() ? URI.create(uri).getRawPath() : uri;
    String query = exchange.getQueryString();
    return Request.of(
        exchange.getRequestMethod().toString(),
        path.substring(prefix.length()) + (query.isEmpty() ? "" : "?" + query),
        name -> exchange.getRequestHeaders().getFirst(name),
        exchange.getInputStream());
  }

  private static void send(HttpServerExchange exchange, InputStream body, long length)
      throws IOException {
    if (length >= 0) {
      exchange.setResponseContentLength(length);
    }
    if (length == 0) {
      exchange.endExchange();
      return;
    }
    try (OutputStream out = exchange.getOutputStream()) {
      copy(body, out, length < 0 ? Long.MAX_VALUE : length);
    }
  }

  private static void copy(InputStream in, OutputStream out, long length) throws IOException {
    byte[] buffer = new byte[Contents.BUFFER_BYTES];
    long left = length;
    while (left > 0) {
      int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (n < 0) {
        return;
      }
      out.write(buffer, 0, n);
      left -= n;
    }
  }
}
