package dev.slipway.build;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of an image in a registry.
 *
 * @param host with its port where it has one
 * @param path repository path below the host, without tag or digest
 */
record ImageRef(String host, String path) {

  private static final Pattern HOST = Pattern.compile("[a-z0-9.-]+(:\\d{1,5})?");
  private static final Pattern GOOGLE_HOST = Pattern.compile("([a-z0-9-]+)-docker\\.pkg\\.dev");
  private static final Pattern REPOSITORY = Pattern.compile("([^/]+)/([^/]+)/(.+)");
  private static final Pattern PATH = Pattern.compile("[a-z0-9._-]+(/[a-z0-9._-]+)*");

  ImageRef {
    if (!HOST.matcher(host).matches() || !PATH.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "'%s/%s' is no image name: it reads HOST/PATH, in lower case".formatted(host, path));
    }
  }

  /** Reads {@code HOST/PATH}. */
  static ImageRef parse(String name) {
    int slash = name.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("'%s' is no image name: it has no host".formatted(name));
    }
    return new ImageRef(name.substring(0, slash), name.substring(slash + 1));
  }

  URI manifest(String tagOrDigest) {
    return URI.create("%s/manifests/%s".formatted(base(), tagOrDigest));
  }

  URI blob(String digest) {
    return URI.create("%s/blobs/%s".formatted(base(), digest));
  }

  /** Where an upload of a blob begins: {@code ?mount=DIGEST&from=PATH} takes one that is there. */
  URI uploads(String query) {
    return URI.create("%s/blobs/uploads/%s".formatted(base(), query));
  }

  /**
   * Where Artifact Registry describes an image of this name (REST method {@code
   * projects.locations.repositories.dockerImages.get}); empty when it lies in another registry.
   *
   * @param region of a registry whose host does not name it, as the laptop's
   */
  Optional<URI> description(String region, String digest) {
    return below("dockerImages", region).map(uri -> URI.create(uri + "@" + digest));
  }

  /**
   * What Artifact Registry keeps under this name, its versions and tags ({@code
   * projects.locations.repositories.packages}); empty when it lies in another registry.
   *
   * @param region of a registry whose host does not name it, as the laptop's
   */
  Optional<String> resource(String region) {
    return below("packages", region);
  }

  private Optional<String> below(String collection, String region) {
    Matcher google = GOOGLE_HOST.matcher(host);
    Matcher parts = REPOSITORY.matcher(path);
    if (!parts.matches() || !(google.matches() || isLoopback())) {
      return Optional.empty();
    }
    return Optional.of(
        "%s/v1/projects/%s/locations/%s/repositories/%s/%s/%s"
            .formatted(
                isLoopback() ? "http://" + host : "https://artifactregistry.googleapis.com",
                parts.group(1),
                isLoopback() ? region : google.group(1),
                parts.group(2),
                collection,
                parts.group(3).replace("/", "%2F")));
  }

  private String base() {
    return "%s://%s/v2/%s".formatted(isLoopback() ? "http" : "https", host, path);
  }

  /** The laptop's registry: the only one without TLS. */
  private boolean isLoopback() {
    return host.equals("127.0.0.1") || host.startsWith("127.0.0.1:");
  }

  @Override
  public String toString() {
    return host + "/" + path;
  }
}
