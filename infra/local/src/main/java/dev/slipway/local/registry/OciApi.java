package dev.slipway.local.registry;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The OCI distribution API: finds which part of it a request is for, and answers refusals. */
final class OciApi implements HttpHandler {

  private static final HttpString DIGEST = HttpString.tryFromString("Docker-Content-Digest");

  /** Answers a request for a name and what follows it in the path. */
  private interface Call {
    void answer(HttpServerExchange exchange, String name, String rest) throws Exception;
  }

  private record Route(Pattern path, Call call) {}

  private final List<Route> routes;
  private final ListCalls lists;

  OciApi(Blobs blobs, Uploads uploads, Catalog catalog) {
    BlobCalls blobCalls = new BlobCalls(blobs);
    ListCalls listCalls = new ListCalls(catalog);
    lists = listCalls;
    routes =
        List.of(
            route("/v2/(.+)/blobs/uploads/?([^/]*)", new UploadCalls(uploads, blobs)::handle),
            route("/v2/(.+)/blobs/([^/]+)", (x, name, d) -> blobCalls.handle(x, Digest.parse(d))),
            route("/v2/(.+)/manifests/([^/]+)", new ManifestCalls(catalog)::handle),
            route("/v2/(.+)/tags/list()", (x, name, rest) -> listCalls.tags(x, name)),
            route(
                "/v2/(.+)/referrers/([^/]+)",
                (x, name, d) -> listCalls.referrers(x, name, Digest.parse(d))));
  }

  private static Route route(String path, Call call) {
    return new Route(Pattern.compile(path), call);
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
    if (path.equals("/v2/") || path.equals("/v2")) {
      json(exchange, 200, "application/json", "{}");
      return;
    }
    if (path.equals("/v2/_catalog")) {
      lists.catalog(exchange);
      return;
    }
    for (Route route : routes) {
      Matcher m = route.path().matcher(path);
      if (m.matches()) {
        route.call().answer(exchange, ImageRef.checkName(m.group(1)), m.group(2));
        return;
      }
    }
    throw new OciException(OciException.Code.NAME_UNKNOWN, "no such resource: " + path);
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
      exchange.getResponseSender().send(ByteBuffer.wrap(body));
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
}
