package dev.slipway.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Writes to an image registry, over the HTTP API of the OCI distribution specification. */
final class RegistryPush {

  private static final Duration CONNECT = Duration.ofSeconds(20);

  /** A large layer from one registry into another; a function has nine minutes for all of it. */
  private static final Duration TIMEOUT = Duration.ofMinutes(4);

  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;

  private final HttpClient http;
  private final AccessToken token;

  RegistryPush(AccessToken token) {
    this.token = token;
    http =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * Takes a blob over that the registry has under another name.
   *
   * @return whether it is there now
   */
  boolean mount(ImageRef from, ImageRef to, String digest)
      throws IOException, InterruptedException {
    if (!from.host().equals(to.host())) {
      return has(to, digest);
    }
    URI uri = to.uploads("?mount=%s&from=%s".formatted(digest, from.path()));
    int status = send(to, uri, "POST", "", BodyPublishers.noBody()).statusCode();
    return status == CREATED || has(to, digest);
  }

  private boolean has(ImageRef image, String digest) throws IOException, InterruptedException {
    return send(image, image.blob(digest), "HEAD", "", BodyPublishers.noBody()).statusCode() == 200;
  }

  /** Uploads a blob; the registry refuses one that is not what its digest says. */
  void blob(ImageRef image, Manifest.Blob blob, InputStream body)
      throws IOException, InterruptedException {
    URI begin = image.uploads("");
    HttpResponse<String> begun = send(image, begin, "POST", "", BodyPublishers.noBody());
    expect(begin, begun, ACCEPTED);
    URI upload =
        begun
            .headers()
            .firstValue("Location")
            .map(begin::resolve)
            .orElseThrow(() -> new IOException(begin + " names no place to upload to"));
    URI put =
        URI.create(
            upload + (upload.getQuery() == null ? "?" : "&") + "digest=" + blob.digest());
    BodyPublisher sized =
        blob.bytes() == 0
            ? BodyPublishers.noBody()
            : BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> body), blob.bytes());
    expect(put, send(image, put, "PUT", "application/octet-stream", sized), CREATED);
  }

  /** Writes a manifest, once all it names is there. */
  void manifest(ImageRef image, String tagOrDigest, String mediaType, String text)
      throws IOException, InterruptedException {
    URI uri = image.manifest(tagOrDigest);
    expect(
        uri,
        send(image, uri, "PUT", mediaType, BodyPublishers.ofByteArray(text.getBytes(UTF_8))),
        CREATED);
  }

  /** The token is for the registry and not for where it may send us. */
  private HttpResponse<String> send(
      ImageRef image, URI uri, String method, String type, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(TIMEOUT).method(method, body);
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    if (uri.getAuthority().equals(image.host())) {
      token.current().ifPresent(value -> request.header("Authorization", "Bearer " + value));
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static void expect(URI uri, HttpResponse<String> response, int status)
      throws IOException {
    if (response.statusCode() == status) {
      return;
    }
    String words = Secrets.mask(response.body());
    String advice =
        response.statusCode() == 401 || response.statusCode() == 403
            ? " (grant the build function roles/artifactregistry.writer on this repository)"
            : "";
    throw new IOException(
        "%s answered %d%s: %s"
            .formatted(
                uri,
                response.statusCode(),
                advice,
                words.substring(0, Math.min(300, words.length())).strip()));
  }
}
