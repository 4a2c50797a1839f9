package dev.slipway.local.registry;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads blobs, whole or by range. */
final class BlobCalls {

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  private final Blobs blobs;

  BlobCalls(Blobs blobs) {
    this.blobs = blobs;
  }

  void handle(HttpServerExchange exchange, Digest digest) throws IOException {
    switch (exchange.getRequestMethod().toString()) {
      case "GET" -> read(exchange, digest);
      case "HEAD" -> {
        var unused = blobs.promise(digest);
        read(exchange, digest);
      }
      default -> throw OciApi.unsupported(exchange); // content goes with the last manifest using it
    }
  }

  private void read(HttpServerExchange exchange, Digest digest) throws IOException {
    Path file = blobs.path(digest);
    long size = Files.size(file);
    Span span = span(exchange, size);
    var headers = exchange.getResponseHeaders();
    headers.put(Headers.CONTENT_TYPE, "application/octet-stream");
    headers.put(Headers.ACCEPT_RANGES, "bytes");
    headers.put(Headers.ETAG, "\"" + digest + "\"");
    headers.put(OciApi.digestHeader(), digest.toString());
    if (span.length() < size) {
      exchange.setStatusCode(206);
      headers.put(
          Headers.CONTENT_RANGE,
          "bytes %d-%d/%d".formatted(span.from(), span.from() + span.length() - 1, size));
    }
    exchange.setResponseContentLength(span.length());
    if (exchange.getRequestMethod().equalToString("HEAD")) {
      exchange.endExchange();
      return;
    }
    send(exchange, file, span);
  }

  private static void send(HttpServerExchange exchange, Path file, Span span) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        var out = exchange.getOutputStream()) {
      in.skipNBytes(span.from());
      byte[] buffer = new byte[1 << 16];
      long left = span.length();
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          throw new IOException(file + " became shorter while it was read");
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
  }

  private record Span(long from, long length) {}

  private static Span span(HttpServerExchange exchange, long size) {
    String range = exchange.getRequestHeaders().getFirst(Headers.RANGE);
    Matcher m = RANGE.matcher(range == null ? "" : range);
    if (!m.matches() || range.equals("bytes=-")) {
      return new Span(0, size);
    }
    long from;
    long last = size - 1;
    if (m.group(1).isEmpty()) {
      from = Math.max(0, size - Long.parseLong(m.group(2)));
    } else {
      from = Long.parseLong(m.group(1));
      last = m.group(2).isEmpty() ? last : Math.min(last, Long.parseLong(m.group(2)));
    }
    if (from > last) {
      exchange.getResponseHeaders().put(Headers.CONTENT_RANGE, "bytes */" + size);
      throw new OciException(
          OciException.Code.RANGE_INVALID, "range %s of %d bytes".formatted(range, size));
    }
    return new Span(from, last - from + 1);
  }
}
