package dev.slipway.local.registry;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image manifest or an index, as far as a registry looks into it.
 *
 * @param mediaType what it says it is, {@code ""} when it does not say
 * @param config the configuration blob, where there is one
 * @param layers the layer blobs that are to be in the registry, in order
 * @param children the manifests an index lists
 * @param subject the manifest this one refers to, where it does
 * @param json the whole document
 */
record Manifest(
    String mediaType,
    @Nullable Part config,
    List<Part> layers,
    List<Part> children,
    @Nullable Part subject,
    JsonObject json) {

  /** A descriptor: content elsewhere and its size in bytes. */
  record Part(Digest digest, long size) {

    static Part of(JsonObject descriptor) {
      return new Part(
          Digest.parse(descriptor.get("digest").getAsString()),
          descriptor.get("size").getAsLong());
    }
  }

  static final String OCI = "application/vnd.oci.image.manifest.v1+json";
  static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

  /** Reads a manifest; MANIFEST_INVALID when it is not one. */
  static Manifest parse(byte[] bytes) {
    try {
      JsonObject json =
          JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)).getAsJsonObject();
      return new Manifest(
          text(json, "mediaType"),
          part(json, "config"),
          parts(json, "layers"),
          parts(json, "manifests"),
          part(json, "subject"),
          json);
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | UnsupportedOperationException
        | NumberFormatException e) {
      throw new OciException(
          OciException.Code.MANIFEST_INVALID, "not a manifest: " + e.getMessage());
    }
  }

  /** The compressed size: configuration and layers. */
  long imageSize() {
    long size = config == null ? 0 : config.size();
    for (Part layer : layers) {
      size += layer.size();
    }
    return size;
  }

  /** Everything this manifest needs in the registry beside itself. */
  List<Digest> needs() {
    List<Digest> needs = new ArrayList<>();
    if (config != null) {
      needs.add(config.digest());
    }
    layers.forEach(layer -> needs.add(layer.digest()));
    children.forEach(child -> needs.add(child.digest()));
    return needs;
  }

  String artifactType() {
    String own = text(json, "artifactType");
    JsonElement configured = json.get("config");
    return own.isEmpty() && configured != null
        ? text(configured.getAsJsonObject(), "mediaType")
        : own;
  }

  private static String text(JsonObject json, String key) {
    JsonElement value = json.get(key);
    return value == null ? "" : value.getAsString();
  }

  private static @Nullable Part part(JsonObject json, String key) {
    JsonElement value = json.get(key);
    return value == null || value.isJsonNull() ? null : Part.of(value.getAsJsonObject());
  }

  private static List<Part> parts(JsonObject json, String key) {
    JsonElement value = json.get(key);
    if (value == null || value.isJsonNull()) {
      return List.of();
    }
    List<Part> parts = new ArrayList<>();
    for (JsonElement each : value.getAsJsonArray()) {
      JsonObject descriptor = each.getAsJsonObject();
      if (!descriptor.has("urls")) { // a foreign layer stays where its URLs point
        parts.add(Part.of(descriptor));
      }
    }
    return parts;
  }
}
