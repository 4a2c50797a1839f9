package dev.slipway.local.registry;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The OCI distribution API: finds which part of it a request is for, and answers refusals. */
final class OciApi implements HttpHandler {

  private static final Pattern UPLOADS = Pattern.compile("/v2/(.+)/blobs/uploads/?([^/]*)");
  private static final Pattern BLOB = Pattern.compile("/v2/(.+)/blobs/([^/]+)");
  private static final Pattern MANIFEST = Pattern.compile("/v2/(.+)/manifests/([^/]+)");
  private static final Pattern TAGS = Pattern.compile("/v2/(.+)/tags/list");
  private static final Pattern REFERRERS = Pattern.compile("/v2/(.+)/referrers/([^/]+)");

  private final BlobCalls blobs;
  private final UploadCalls uploads;
  private final ManifestCalls manifests;
  private final ListCalls lists;

  OciApi(Blobs blobs, Uploads uploads, Catalog catalog) {
    this.blobs = new BlobCalls(blobs);
    this.uploads = new UploadCalls(uploads, blobs);
    manifests = new ManifestCalls(catalog);
    lists = new ListCalls(catalog);
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    exchange
        .getResponseHeaders()
        .put(HttpString.tryFromString("Docker-Distribution-API-Version"), "registry/2.0");
    try {
      route(exchange, exchange.getRequestPath());
    } catch (OciException e) {
      JsonObject error = new JsonObject();
      error.addProperty("code", e.code().name());
      error.addProperty("message", e.getMessage());
      JsonArray errors = new JsonArray();
      errors.add(error);
      JsonObject body = new JsonObject();
      body.add("errors", errors);
      json(exchange, e.code().status(), "application/json", body.toString());
    }
  }

  private void route(HttpServerExchange exchange, String path) throws Exception {
    Matcher m;
    if (path.equals("/v2/") || path.equals("/v2")) {
      json(exchange, 200, "application/json", "{}");
    } else if (path.equals("/v2/_catalog")) {
      lists.catalog(exchange);
    } else if ((m = UPLOADS.matcher(path)).matches()) {
      uploads.handle(exchange, ImageRef.checkName(m.group(1)), m.group(2));
    } else if ((m = BLOB.matcher(path)).matches()) {
      ImageRef.checkName(m.group(1));
      blobs.handle(exchange, Digest.parse(m.group(2)));
    } else if ((m = MANIFEST.matcher(path)).matches()) {
      manifests.handle(exchange, ImageRef.checkName(m.group(1)), m.group(2));
    } else if ((m = TAGS.matcher(path)).matches()) {
      lists.tags(exchange, ImageRef.checkName(m.group(1)));
    } else if ((m = REFERRERS.matcher(path)).matches()) {
      lists.referrers(exchange, ImageRef.checkName(m.group(1)), Digest.parse(m.group(2)));
    } else {
      throw new OciException(OciException.Code.NAME_UNKNOWN, "no such resource: " + path);
    }
  }

  static void json(HttpServerExchange exchange, int status, String type, String body) {
    bytes(exchange, status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  static void bytes(HttpServerExchange exchange, int status, String type, byte[] body) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
    exchange.setResponseContentLength(body.length);
    if (exchange.getRequestMethod().equalToString("HEAD")) {
      exchange.endExchange();
    } else {
      exchange.getResponseSender().send(java.nio.ByteBuffer.wrap(body));
    }
  }

  static OciException unsupported(HttpServerExchange exchange) {
    return new OciException(
        OciException.Code.UNSUPPORTED,
        "%s is not supported on %s"
            .formatted(exchange.getRequestMethod(), exchange.getRequestPath()));
  }

  static String query(HttpServerExchange exchange, String name) {
    var values = exchange.getQueryParameters().get(name);
    return values == null || values.isEmpty() ? "" : values.getFirst();
  }

  static HttpString digestHeader() {
    return DIGEST;
  }

  private static final HttpString DIGEST = HttpString.tryFromString("Docker-Content-Digest");
}
