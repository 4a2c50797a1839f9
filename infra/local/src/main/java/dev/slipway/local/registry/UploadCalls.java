package dev.slipway.local.registry;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import org.jspecify.annotations.Nullable;

/** Uploads blobs: at once, in chunks, or by pointing at what is there already. */
final class UploadCalls {

  private static final HttpString UPLOAD_ID = HttpString.tryFromString("Docker-Upload-UUID");

  private final Uploads uploads;
  private final Blobs blobs;

  UploadCalls(Uploads uploads, Blobs blobs) {
    this.uploads = uploads;
    this.blobs = blobs;
  }

  void handle(HttpServerExchange exchange, String name, String id) throws Exception {
    String method = exchange.getRequestMethod().toString();
    if (id.isEmpty()) {
      if (!method.equals("POST")) {
        throw OciApi.unsupported(exchange);
      }
      begin(exchange, name);
      return;
    }
    switch (method) {
      case "GET" -> progress(exchange, 204, name, id, uploads.size(id));
      case "PATCH" -> {
        long size = uploads.append(id, exchange.getInputStream(), offset(exchange));
        progress(exchange, 202, name, id, size);
      }
      case "PUT" -> {
        Digest digest = Digest.parse(OciApi.query(exchange, "digest"));
        uploads.append(id, exchange.getInputStream(), offset(exchange));
        uploads.finish(id, digest);
        created(exchange, name, digest);
      }
      case "DELETE" -> {
        uploads.abandon(id);
        exchange.setStatusCode(204).endExchange();
      }
      default -> throw OciApi.unsupported(exchange);
    }
  }

  private void begin(HttpServerExchange exchange, String name) {
    String mount = OciApi.query(exchange, "mount");
    if (!mount.isEmpty() && blobs.promise(Digest.parse(mount))) {
      created(exchange, name, Digest.parse(mount)); // one store for every name: nothing to copy
      return;
    }
    String digest = OciApi.query(exchange, "digest");
    if (!digest.isEmpty()) {
      blobs.put(exchange.getInputStream(), Digest.parse(digest));
      created(exchange, name, Digest.parse(digest));
      return;
    }
    progress(exchange, 202, name, uploads.begin(), 0);
  }

  private static void created(HttpServerExchange exchange, String name, Digest digest) {
    var headers = exchange.getResponseHeaders();
    headers.put(Headers.LOCATION, "/v2/%s/blobs/%s".formatted(name, digest));
    headers.put(OciApi.digestHeader(), digest.toString());
    exchange.setStatusCode(201).endExchange();
  }

  private static void progress(
      HttpServerExchange exchange, int status, String name, String id, long size) {
    var headers = exchange.getResponseHeaders();
    headers.put(Headers.LOCATION, "/v2/%s/blobs/uploads/%s".formatted(name, id));
    headers.put(Headers.RANGE, "0-" + Math.max(0, size - 1));
    headers.put(UPLOAD_ID, id);
    exchange.setStatusCode(status).endExchange();
  }

  /** Where the chunk says it begins: {@code Content-Range: FIRST-LAST}; -1 without one. */
  private static long offset(HttpServerExchange exchange) {
    @Nullable String range = exchange.getRequestHeaders().getFirst(Headers.CONTENT_RANGE);
    if (range == null) {
      return -1;
    }
    try {
      return Long.parseLong(range.substring(0, Math.max(0, range.indexOf('-'))));
    } catch (NumberFormatException e) {
      throw new OciException(
          OciException.Code.BLOB_UPLOAD_INVALID, "not a Content-Range of FIRST-LAST: " + range);
    }
  }
}
