package dev.slipway.build;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An image manifest, of the OCI's kind or Docker's.
 *
 * @param config the configuration
 * @param layers in order, the base's first
 */
record Manifest(Blob config, List<Blob> layers) {

  private static final int MAX_LAYERS = 200;
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  Manifest {
    layers = List.copyOf(layers);
  }

  /**
   * A layer, or the configuration, as stored.
   *
   * @param mediaType tells its compression
   */
  record Blob(String digest, long bytes, String mediaType) {}

  /**
   * Reads a manifest.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Manifest parse(String json) {
    try {
      JsonObject object = JsonParser.parseString(json).getAsJsonObject();
      List<Blob> layers = new ArrayList<>();
      for (JsonElement layer : member(object, "layers").getAsJsonArray()) {
        layers.add(blob(layer.getAsJsonObject()));
      }
      if (layers.size() > MAX_LAYERS) {
        throw new IllegalArgumentException("a manifest with " + layers.size() + " layers");
      }
      return new Manifest(blob(member(object, "config").getAsJsonObject()), layers);
    } catch (JsonParseException | IllegalStateException | ClassCastException e) {
      throw new IllegalArgumentException("no image manifest: " + e.getMessage(), e);
    }
  }

  /** Size of the configuration. */
  long configBytes() {
    return config.bytes();
  }

  /**
   * The digests of the manifests an index names; empty when this is no index.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static List<String> named(String json) {
    try {
      JsonObject object = JsonParser.parseString(json).getAsJsonObject();
      List<String> digests = new ArrayList<>();
      if (object.has("manifests")) {
        for (JsonElement entry : member(object, "manifests").getAsJsonArray()) {
          digests.add(blob(entry.getAsJsonObject()).digest());
        }
      }
      return digests;
    } catch (JsonParseException | IllegalStateException | ClassCastException e) {
      throw new IllegalArgumentException("no image index: " + e.getMessage(), e);
    }
  }

  /** The media type it gives itself; the OCI's for an image where it gives none. */
  static String mediaType(String json) {
    JsonElement type = JsonParser.parseString(json).getAsJsonObject().get("mediaType");
    return type == null ? "application/vnd.oci.image.manifest.v1+json" : type.getAsString();
  }

  /** If this is an index of several platforms' manifests, the digest of ours. */
  static Optional<String> ofPlatform(String json) {
    try {
      JsonObject object = JsonParser.parseString(json).getAsJsonObject();
      if (!object.has("manifests")) {
        return Optional.empty();
      }
      for (JsonElement entry : member(object, "manifests").getAsJsonArray()) {
        if (isOurs(entry.getAsJsonObject())) {
          return Optional.of(blob(entry.getAsJsonObject()).digest());
        }
      }
    } catch (JsonParseException | IllegalStateException | ClassCastException e) {
      throw new IllegalArgumentException("no image index: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException("an image index without linux/amd64");
  }

  private static boolean isOurs(JsonObject entry) {
    if (!entry.has("platform")) {
      return true;
    }
    JsonObject platform = member(entry, "platform").getAsJsonObject();
    return member(platform, "os").getAsString().equals("linux")
        && member(platform, "architecture").getAsString().equals("amd64");
  }

  private static Blob blob(JsonObject descriptor) {
    String digest = member(descriptor, "digest").getAsString();
    long bytes = member(descriptor, "size").getAsLong();
    if (!DIGEST.matcher(digest).matches() || bytes < 0) {
      throw new IllegalArgumentException("a manifest that names '%s'".formatted(digest));
    }
    JsonElement type = descriptor.get("mediaType");
    return new Blob(digest, bytes, type == null ? "" : type.getAsString());
  }

  private static JsonElement member(JsonObject object, String name) {
    JsonElement member = object.get(name);
    if (member == null) {
      throw new IllegalArgumentException("no image manifest: it has no " + name);
    }
    return member;
  }
}
