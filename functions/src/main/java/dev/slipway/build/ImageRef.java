package dev.slipway.build;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * The place of an image in a registry.
 *
 * @param host with its port where it has one
 * @param path repository path below the host, without tag or digest
 */
record ImageRef(String host, String path) {

  private static final Pattern HOST = Pattern.compile("[a-z0-9.-]+(:\\d{1,5})?");
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

  private String base() {
    // The laptop's registry is the only one without TLS.
    boolean loopback = host.equals("127.0.0.1") || host.startsWith("127.0.0.1:");
    return "%s://%s/v2/%s".formatted(loopback ? "http" : "https", host, path);
  }

  @Override
  public String toString() {
    return host + "/" + path;
  }
}
