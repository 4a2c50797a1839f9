package dev.slipway.local.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A registry made of a folder: blobs by digest, manifests by tag or digest. */
final class FolderImages implements Images {

  private final Path folder;
  private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();

  FolderImages(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<byte[]> manifest(String image) {
    return Optional.ofNullable(manifests.get(image));
  }

  @Override
  public Optional<Path> blob(String digest) {
    Path file = folder.resolve(digest.replace(':', '-'));
    return Files.exists(file) ? Optional.of(file) : Optional.empty();
  }

  /** Pushes the test server with /app as its entrypoint; returns the name by digest. */
  String pushServer(String name, Layer... more) {
    return pushServer(name, List.of("FROM_IMAGE=yes"), more);
  }

  /** The same with that environment in the image. */
  String pushServer(String name, List<String> env, Layer... more) {
    List<byte[]> layers = new ArrayList<>();
    try {
      layers.add(new Layer().file("app", Files.readAllBytes(RustServer.program()), 0755).bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Layer layer : more) {
      layers.add(layer.bytes());
    }
    return push(
        name,
        Map.of(
            "Entrypoint", List.of("/app"),
            "Env", env,
            "WorkingDir", "/",
            "User", "65532:65532"),
        layers);
  }

  /** Pushes an image under {@code name:latest} and by digest. */
  String push(String name, Map<String, Object> config, List<byte[]> layers) {
    List<Map<String, Object>> described = new ArrayList<>();
    for (byte[] layer : layers) {
      described.add(blob("application/vnd.oci.image.layer.v1.tar+gzip", layer));
    }
    String json = new Gson().toJson(Map.of("os", "linux", "config", config));
    Map<String, Object> manifest =
        Map.of(
            "schemaVersion", 2,
            "config", blob("application/vnd.oci.image.config.v1+json", json.getBytes(UTF_8)),
            "layers", described);
    byte[] bytes = new Gson().toJson(manifest).getBytes(UTF_8);
    String image = name + "@" + digest(bytes);
    manifests.put(image, bytes);
    manifests.put(name + ":latest", bytes);
    return image;
  }

  /** Damages every blob. */
  void damage() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 5] ^= 1;
        Files.write(file, bytes);
      }
    }
  }

  private Map<String, Object> blob(String mediaType, byte[] bytes) {
    String digest = digest(bytes);
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(digest.replace(':', '-')), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of("mediaType", mediaType, "digest", digest, "size", bytes.length);
  }

  private static String digest(byte[] bytes) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A gzipped tar layer in the making. */
  static final class Layer {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar;

    Layer() {
      try {
        tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Layer file(String name, byte[] content, int mode) {
      TarArchiveEntry entry = new TarArchiveEntry(name, true);
      entry.setSize(content.length);
      entry.setMode(mode);
      return put(entry, content);
    }

    Layer file(String name, String content) {
      return file(name, content.getBytes(UTF_8), 0644);
    }

    Layer folder(String name) {
      return put(new TarArchiveEntry(name + "/", true), new byte[0]);
    }

    Layer link(String name, String target, byte type) {
      TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
      entry.setLinkName(target);
      return put(entry, new byte[0]);
    }

    private Layer put(TarArchiveEntry entry, byte[] content) {
      try {
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    byte[] bytes() {
      try {
        tar.close();
        return bytes.toByteArray();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
