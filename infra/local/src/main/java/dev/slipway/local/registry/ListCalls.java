package dev.slipway.local.registry;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.util.List;

/** Lists names, tags, and what refers to a manifest. */
final class ListCalls {

  private static final HttpString LINK = HttpString.tryFromString("Link");

  private final Catalog catalog;

  ListCalls(Catalog catalog) {
    this.catalog = catalog;
  }

  void catalog(HttpServerExchange exchange) {
    JsonObject body = new JsonObject();
    body.add("repositories", page(exchange, "/v2/_catalog", catalog.names("")));
    OciApi.json(exchange, 200, "application/json", body.toString());
  }

  void tags(HttpServerExchange exchange, String name) {
    List<String> tags = catalog.tags(name);
    if (tags.isEmpty() && catalog.manifests(name).isEmpty()) {
      throw new OciException(
          OciException.Code.NAME_UNKNOWN, "repository name not known to registry: " + name);
    }
    JsonObject body = new JsonObject();
    body.addProperty("name", name);
    body.add("tags", page(exchange, "/v2/" + name + "/tags/list", tags));
    OciApi.json(exchange, 200, "application/json", body.toString());
  }

  void referrers(HttpServerExchange exchange, String name, Digest subject) {
    String wanted = OciApi.query(exchange, "artifactType");
    JsonArray found = new JsonArray();
    for (Digest digest : catalog.manifests(name)) {
      byte[] bytes = catalog.read(digest);
      Manifest manifest = Manifest.parse(bytes);
      boolean refers = manifest.subject() != null && manifest.subject().digest().equals(subject);
      if (refers && (wanted.isEmpty() || wanted.equals(manifest.artifactType()))) {
        JsonObject descriptor = new JsonObject();
        descriptor.addProperty("mediaType", catalog.describe(name, digest).getMediaType());
        descriptor.addProperty("digest", digest.toString());
        descriptor.addProperty("size", bytes.length);
        descriptor.addProperty("artifactType", manifest.artifactType());
        if (manifest.json().has("annotations")) {
          descriptor.add("annotations", manifest.json().get("annotations"));
        }
        found.add(descriptor);
      }
    }
    JsonObject index = new JsonObject();
    index.addProperty("schemaVersion", 2);
    index.addProperty("mediaType", Manifest.OCI_INDEX);
    index.add("manifests", found);
    OciApi.json(exchange, 200, Manifest.OCI_INDEX, index.toString());
  }

  /** The names after {@code last}, at most {@code n}; a Link header when there are more. */
  private static JsonArray page(HttpServerExchange exchange, String path, List<String> all) {
    String last = OciApi.query(exchange, "last");
    String n = OciApi.query(exchange, "n");
    List<String> rest = all.stream().filter(each -> each.compareTo(last) > 0).toList();
    int size = n.matches("\\d{1,9}") ? Math.min(Integer.parseInt(n), rest.size()) : rest.size();
    if (size > 0 && size < rest.size()) {
      exchange
          .getResponseHeaders()
          .put(
              LINK,
              "<%s?n=%s&last=%s>; rel=\"next\"".formatted(path, n, rest.get(size - 1)));
    }
    JsonArray page = new JsonArray();
    rest.subList(0, size).forEach(page::add);
    return page;
  }
}
