package dev.slipway.local.builds.image;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * An OCI image of one binary: the same layers, binary and labels make the same bytes.
 *
 * @param architecture as images name it: amd64, arm64 ...
 * @param binary the path of the binary in the image
 * @param layers from the bottom up
 * @param labels {@code org.opencontainers.image.*} and their values
 */
public record Image(
    String architecture, String binary, List<Layer> layers, Map<String, String> labels) {

  public static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";

  private static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";
  private static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";
  private static final String EPOCH = "1970-01-01T00:00:00Z";
  private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

  /** The image's configuration, JSON in UTF-8. */
  public byte[] config() {
    JsonObject config = new JsonObject();
    config.addProperty("User", Base.NONROOT + ":" + Base.NONROOT);
    JsonObject ports = new JsonObject();
    ports.add("8080/tcp", new JsonObject());
    config.add("ExposedPorts", ports);
    config.add("Env", array("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"));
    config.add("Entrypoint", array(binary));
    config.addProperty("WorkingDir", "/");
    JsonObject labelled = new JsonObject();
    labels.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(label -> labelled.addProperty(label.getKey(), label.getValue()));
    config.add("Labels", labelled);

    JsonObject image = new JsonObject();
    image.addProperty("created", EPOCH);
    image.addProperty("architecture", architecture);
    image.addProperty("os", "linux");
    image.add("config", config);
    image.add("rootfs", rootfs());
    return bytes(image);
  }

  private JsonObject rootfs() {
    JsonObject rootfs = new JsonObject();
    rootfs.addProperty("type", "layers");
    rootfs.add("diff_ids", array(layers.stream().map(Layer::diffId).toArray(String[]::new)));
    return rootfs;
  }

  /** The image's manifest, JSON in UTF-8. */
  public byte[] manifest() {
    byte[] config = config();
    JsonArray parts = new JsonArray();
    layers.forEach(l -> parts.add(descriptor(LAYER_TYPE, l.digest(), l.size())));
    JsonObject manifest = new JsonObject();
    manifest.addProperty("schemaVersion", 2);
    manifest.addProperty("mediaType", MANIFEST_TYPE);
    manifest.add("config", descriptor(CONFIG_TYPE, Hashing.digest(config), config.length));
    manifest.add("layers", parts);
    return bytes(manifest);
  }

  private static JsonObject descriptor(String type, String digest, long size) {
    JsonObject descriptor = new JsonObject();
    descriptor.addProperty("mediaType", type);
    descriptor.addProperty("digest", digest);
    descriptor.addProperty("size", size);
    return descriptor;
  }

  private static JsonArray array(String... values) {
    JsonArray array = new JsonArray();
    for (String value : values) {
      array.add(value);
    }
    return array;
  }

  private static byte[] bytes(JsonObject json) {
    return JSON.toJson(json).getBytes(StandardCharsets.UTF_8);
  }
}
