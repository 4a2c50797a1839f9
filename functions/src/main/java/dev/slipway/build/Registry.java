package dev.slipway.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads from an image registry, over the HTTP API of the OCI distribution specification, and what
 * Artifact Registry says of an image; and has it delete one.
 */
public final class Registry {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int MAX_MANIFEST = 4 * 1024 * 1024;
  private static final String MANIFESTS =
      String.join(
          ", ",
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.docker.distribution.manifest.v2+json",
          "application/vnd.docker.distribution.manifest.list.v2+json");

  private final HttpClient http;
  private final AccessToken token;

  public Registry(AccessToken token) {
    this.token = token;
    // A blob is often a redirect to storage, which must not be shown our token: we follow by hand.
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** The text of a manifest. */
  String manifest(ImageRef image, String tagOrDigest) throws IOException, InterruptedException {
    return text(image.manifest(tagOrDigest), MANIFESTS);
  }

  /** A resource of Artifact Registry's, as JSON. */
  String resource(URI uri) throws IOException, InterruptedException {
    return text(uri, "application/json");
  }

  /**
   * Deletes a resource of Artifact Registry's; one that is gone is as good.
   *
   * @return false when it is kept, because something needs it
   */
  boolean delete(URI uri) throws IOException, InterruptedException {
    HttpRequest request = request(uri, "application/json", true).DELETE().build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    return switch (response.statusCode()) {
      case 200, 202, 204, 404 -> true;
      case 400, 409, 412 -> false;
      default ->
          throw new IOException(
              "%s answered %d%s"
                  .formatted(uri, response.statusCode(), deleting(response.statusCode())));
    };
  }

  private String text(URI uri, String accept) throws IOException, InterruptedException {
    try (InputStream body = get(uri, accept)) {
      byte[] bytes = body.readNBytes(MAX_MANIFEST + 1);
      if (bytes.length > MAX_MANIFEST) {
        throw new IOException(uri + " is larger than a manifest may be");
      }
      return new String(bytes, UTF_8);
    }
  }

  /** The bytes of a layer, as stored; to be closed. */
  InputStream blob(ImageRef image, String digest) throws IOException, InterruptedException {
    return get(image.blob(digest), "*/*");
  }

  /** Whether there is a manifest of that name; empty where the registry does not say. */
  Optional<Boolean> has(ImageRef image, String tag) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(image.manifest(tag), MANIFESTS, true)
            .method("HEAD", HttpRequest.BodyPublishers.noBody());
    return switch (http.send(request.build(), BodyHandlers.discarding()).statusCode()) {
      case 200 -> Optional.of(true);
      case 404 -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private InputStream get(URI uri, String accept) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = send(uri, accept, true);
    if (response.statusCode() / 100 == 5) {
      response.body().close();
      response = send(uri, accept, true);
    }
    if (isRedirect(response)) {
      response.body().close();
      response = send(target(uri, response), accept, false);
    }
    if (response.statusCode() == 200) {
      return response.body();
    }
    try (InputStream body = response.body()) {
      String words = Secrets.mask(new String(body.readNBytes(300), UTF_8));
      String why =
          "%s answered %d%s: %s"
              .formatted(uri, response.statusCode(), advice(response.statusCode()), words.strip());
      throw response.statusCode() == 404 ? new FileNotFoundException(why) : new IOException(why);
    }
  }

  private HttpResponse<InputStream> send(URI uri, String accept, boolean withToken)
      throws IOException, InterruptedException {
    return http.send(request(uri, accept, withToken).build(), BodyHandlers.ofInputStream());
  }

  private HttpRequest.Builder request(URI uri, String accept, boolean withToken) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(TIMEOUT).header("Accept", accept);
    if (withToken) {
      token.current().ifPresent(value -> request.header("Authorization", "Bearer " + value));
    }
    return request;
  }

  private static boolean isRedirect(HttpResponse<?> response) {
    return switch (response.statusCode()) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  private static URI target(URI from, HttpResponse<?> response) throws IOException {
    Optional<URI> location = response.headers().firstValue("Location").map(from::resolve);
    return location
        .filter(to -> "https".equals(to.getScheme()) || from.getHost().equals(to.getHost()))
        .orElseThrow(() -> new IOException(from + " redirects to nowhere one may go"));
  }

  private static String deleting(int status) {
    return status == 401 || status == 403
        ? " (the deploy function's account may not delete images: apply the environment again)"
        : "";
  }

  private static String advice(int status) {
    return switch (status) {
      case 401, 403 -> " (grant the deploy function roles/artifactregistry.reader)";
      case 404 -> " (deleted since it was pushed? look at the repository's clean-up policies)";
      default -> "";
    };
  }
}
