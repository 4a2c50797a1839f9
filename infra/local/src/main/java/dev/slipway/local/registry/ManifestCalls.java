package dev.slipway.local.registry;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Puts, reads and deletes manifests by tag and by digest. */
final class ManifestCalls {

  private static final int LARGEST = 4 << 20;
  private static final HttpString SUBJECT = HttpString.tryFromString("OCI-Subject");

  private final Catalog catalog;

  ManifestCalls(Catalog catalog) {
    this.catalog = catalog;
  }

  void handle(HttpServerExchange exchange, String name, String reference) throws IOException {
    switch (exchange.getRequestMethod().toString()) {
      case "GET", "HEAD" -> read(exchange, name, reference);
      case "PUT" -> put(exchange, name, reference);
      case "DELETE" -> delete(exchange, name, reference);
      default -> throw OciApi.unsupported(exchange);
    }
  }

  private void read(HttpServerExchange exchange, String name, String reference) {
    Digest digest = catalog.resolve(name, reference);
    var headers = exchange.getResponseHeaders();
    headers.put(OciApi.digestHeader(), digest.toString());
    headers.put(Headers.ETAG, "\"" + digest + "\"");
    OciApi.bytes(
        exchange, 200, catalog.describe(name, digest).getMediaType(), catalog.read(digest));
  }

  private void put(HttpServerExchange exchange, String name, String reference)
      throws IOException {
    byte[] bytes = exchange.getInputStream().readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new OciException(
          OciException.Code.SIZE_INVALID, "a manifest may have %d bytes".formatted(LARGEST));
    }
    Manifest manifest = Manifest.parse(bytes);
    String type = mediaType(exchange, manifest);
    String tag = null;
    if (!Digest.isDigest(reference)) {
      tag = ImageRef.checkTag(reference);
    } else if (!Digest.parse(reference).equals(Digest.of(bytes))) {
      throw new OciException(
          OciException.Code.DIGEST_INVALID,
          "the manifest's digest is %s, not %s".formatted(Digest.of(bytes), reference));
    }
    Digest digest = catalog.put(name, tag, type, bytes);
    var headers = exchange.getResponseHeaders();
    headers.put(Headers.LOCATION, "/v2/%s/manifests/%s".formatted(name, digest));
    headers.put(OciApi.digestHeader(), digest.toString());
    if (manifest.subject() != null) {
      headers.put(SUBJECT, manifest.subject().digest().toString());
    }
    exchange.setStatusCode(201).endExchange();
  }

  private static String mediaType(HttpServerExchange exchange, Manifest manifest) {
    @Nullable String sent = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
    String said = manifest.mediaType();
    if (sent != null && !said.isEmpty() && !sent.equals(said)) {
      throw new OciException(
          OciException.Code.MANIFEST_INVALID,
          "Content-Type is %s but the manifest says %s".formatted(sent, said));
    }
    return sent != null ? sent : said.isEmpty() ? Manifest.OCI : said;
  }

  private void delete(HttpServerExchange exchange, String name, String reference) {
    if (Digest.isDigest(reference)) {
      catalog.deleteManifest(name, Digest.parse(reference));
    } else {
      catalog.deleteTag(name, reference);
    }
    exchange.setStatusCode(202).endExchange();
  }
}
