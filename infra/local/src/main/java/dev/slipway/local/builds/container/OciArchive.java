package dev.slipway.local.builds.container;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.local.builds.image.Hashing;
import dev.slipway.local.builds.image.Image;
import dev.slipway.local.builds.work.Push;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An image as engines write it: a tar of an OCI layout ({@code index.json}, {@code
 * blobs/sha256/HEX}). Docker leaves the layers in it uncompressed.
 */
final class OciArchive {

  private static final String BLOBS = "blobs/sha256/";
  private static final String HEX = "[0-9a-f]{64}";

  private final Path folder;

  private OciArchive(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads an archive.
   *
   * @param folder an empty one, for what is in it
   * @throws IOException when it holds no OCI layout
   */
  static Push read(Path archive, Path folder) throws IOException {
    OciArchive layout = new OciArchive(folder);
    layout.unpack(archive);
    return layout.push();
  }

  private void unpack(Path archive) throws IOException {
    try (InputStream in = Files.newInputStream(archive);
        TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
      for (TarArchiveEntry each = tar.getNextEntry(); each != null; each = tar.getNextEntry()) {
        String name = each.getName();
        if (name.equals("index.json") || name.matches(BLOBS + HEX)) {
          Files.copy(tar, folder.resolve(name.substring(name.lastIndexOf('/') + 1)));
        }
      }
    }
    if (!Files.isRegularFile(folder.resolve("index.json"))) {
      throw new IOException(
          "the engine wrote the image without an OCI layout; Docker does so before version 25");
    }
  }

  private Push push() throws IOException {
    JsonObject index = json(folder.resolve("index.json"));
    JsonObject manifest = json(blob(index.getAsJsonArray("manifests").get(0)));
    if (manifest.has("manifests")) { // an index within the index
      manifest = json(blob(manifest.getAsJsonArray("manifests").get(0)));
    }
    Map<String, Path> blobs = new LinkedHashMap<>();
    JsonObject config = manifest.getAsJsonObject("config");
    blobs.put(digest(config), blob(config));
    for (JsonElement each : manifest.getAsJsonArray("layers")) {
      JsonObject layer = each.getAsJsonObject();
      pack(layer);
      blobs.put(digest(layer), blob(layer));
    }
    manifest.addProperty("mediaType", Image.MANIFEST_TYPE);
    return new Push(Image.MANIFEST_TYPE, manifest.toString(), blobs);
  }

  /** Compresses a layer that is not: registries are sent them so. */
  private void pack(JsonObject layer) throws IOException {
    String type = layer.get("mediaType").getAsString();
    if (!type.endsWith(".tar")) {
      return;
    }
    Path packed = folder.resolve("packed");
    try (OutputStream gzip = new Gzip(Files.newOutputStream(packed))) {
      Files.copy(blob(layer), gzip);
    }
    String digest = Hashing.digest(packed);
    Files.move(
        packed,
        folder.resolve(digest.substring("sha256:".length())),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    layer.addProperty("mediaType", type + "+gzip");
    layer.addProperty("digest", digest);
    layer.addProperty("size", Files.size(blob(layer)));
  }

  private Path blob(JsonElement descriptor) throws IOException {
    String digest = digest(descriptor.getAsJsonObject());
    if (!digest.matches("sha256:" + HEX)) {
      throw new IOException("the image names a part by an unusable digest: " + digest);
    }
    return folder.resolve(digest.substring("sha256:".length()));
  }

  private static String digest(JsonObject descriptor) {
    return descriptor.get("digest").getAsString();
  }

  private static JsonObject json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.DEFAULT_COMPRESSION);
    }
  }
}
