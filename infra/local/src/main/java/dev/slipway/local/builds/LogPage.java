package dev.slipway.local.builds;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves {@code /builds/ID/log} as text. A page follows a running build by asking for {@code Range:
 * bytes=N-} with N the bytes it has: 206 with what came since, 416 when nothing did.
 */
final class LogPage implements HttpHandler {

  private static final Pattern PATH = Pattern.compile("/builds/([^/]+)/log");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{0,18})");
  private static final HttpString NO_SNIFF = HttpString.tryFromString("X-Content-Type-Options");

  private final BuildLogs logs;

  LogPage(BuildLogs logs) {
    this.logs = logs;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws IOException {
    Matcher m = PATH.matcher(exchange.getRequestPath());
    Optional<Path> file = m.matches() ? logs.find(m.group(1)) : Optional.empty();
    if (file.isEmpty()) {
      exchange.setStatusCode(404);
      exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
      exchange.getResponseSender().send("There is no such build log.\n");
      return;
    }
    serve(exchange, file.get());
  }

  private static void serve(HttpServerExchange exchange, Path file) throws IOException {
    long size = Files.size(file); // the log may grow meanwhile: what is sent ends here
    var headers = exchange.getResponseHeaders();
    headers.put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
    headers.put(Headers.ACCEPT_RANGES, "bytes");
    headers.put(Headers.CACHE_CONTROL, "no-store");
    headers.put(NO_SNIFF, "nosniff");
    long from = 0;
    long end = size;
    String range = exchange.getRequestHeaders().getFirst(Headers.RANGE);
    Matcher m = RANGE.matcher(range == null ? "" : range);
    if (m.matches()) {
      from = Long.parseLong(m.group(1));
      end = m.group(2).isEmpty() ? size : Math.min(size, Long.parseLong(m.group(2)) + 1);
      if (from >= end) {
        headers.put(Headers.CONTENT_RANGE, "bytes */" + size);
        exchange.setStatusCode(416).endExchange();
        return;
      }
      headers.put(Headers.CONTENT_RANGE, "bytes %d-%d/%d".formatted(from, end - 1, size));
      exchange.setStatusCode(206);
    }
    exchange.setResponseContentLength(end - from);
    if (exchange.getRequestMethod().equalToString("HEAD")) {
      exchange.endExchange();
      return;
    }
    send(exchange, file, from, end - from);
  }

  private static void send(HttpServerExchange exchange, Path file, long from, long length)
      throws IOException {
    try (InputStream in = Files.newInputStream(file);
        var out = exchange.getOutputStream()) {
      in.skipNBytes(from);
      byte[] buffer = new byte[1 << 16];
      long left = length;
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          return;
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
  }
}
