package dev.slipway.local.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Images unpacked for running, once per digest: {@code FOLDER/HEX/root} is the file system, {@code
 * FOLDER/HEX/config.json} the image's configuration. A folder is there whole or not at all.
 */
final class ImageStore {

  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  /** What a process is given inside its root: mount points and files to bind over. */
  private static final List<String> FOLDERS = List.of("tmp", "proc", "dev", "etc");

  private static final List<String> FILES =
      List.of(
          "dev/null",
          "dev/zero",
          "dev/full",
          "dev/random",
          "dev/urandom",
          "etc/resolv.conf",
          "etc/hosts");

  private final Images images;
  private final Path folder;
  private final Map<String, Object> locks = new ConcurrentHashMap<>();

  ImageStore(Images images, Path folder) {
    this.images = images;
    this.folder = folder;
  }

  /**
   * An image ready to run.
   *
   * @param image its name by digest, {@code host/path@sha256:...}
   */
  record Unpacked(String image, Path root, ImageConfig config) {}

  /**
   * Fetches and unpacks {@code image}, unless that was done before.
   *
   * @throws ImageException when it is not there, damaged or of a kind that cannot run here
   */
  Unpacked unpack(String image) {
    String pinned = image.contains("@") ? image : pin(image);
    String digest = pinned.substring(pinned.indexOf('@') + 1);
    if (!DIGEST.matcher(digest).matches()) {
      throw new ImageException(
          "Image '%s' is not named by a sha256 digest.".formatted(pinned), false);
    }
    Path home = folder.resolve(digest.substring("sha256:".length()));
    synchronized (locks.computeIfAbsent(digest, key -> new Object())) {
      try {
        if (!Files.exists(home)) {
          fill(pinned, home);
        }
        JsonObject config = json(Files.readString(home.resolve("config.json")).getBytes(UTF_8));
        return new Unpacked(pinned, home.resolve("root"), ImageConfig.of(config));
      } catch (IOException | UncheckedIOException | JsonParseException e) {
        throw new ImageException(
            "Tried to unpack image %s but failed: %s.".formatted(pinned, e.getMessage()), e);
      }
    }
  }

  private String pin(String image) {
    byte[] manifest = images.manifest(image).orElseThrow(() -> ImageException.notFound(image));
    int tag = image.lastIndexOf(':');
    String repository = tag > image.lastIndexOf('/') ? image.substring(0, tag) : image;
    return repository + "@sha256:" + HexFormat.of().formatHex(sha256().digest(manifest));
  }

  private void fill(String image, Path home) throws IOException {
    JsonObject manifest = manifest(image, 0);
    Files.createDirectories(folder);
    Path fresh = Files.createTempDirectory(folder, "unpacking-");
    try {
      Path root = Files.createDirectory(fresh.resolve("root"));
      Rootfs rootfs = new Rootfs(root);
      Layers layers = new Layers(rootfs);
      for (JsonElement layer : manifest.getAsJsonArray("layers")) {
        add(layers, layer.getAsJsonObject());
      }
      furnish(rootfs);
      String config = manifest.getAsJsonObject("config").get("digest").getAsString();
      Files.write(fresh.resolve("config.json"), Files.readAllBytes(blob(config)));
      // The folder's own mode comes from createTempDirectory: 0700 would shut the process out.
      Files.setPosixFilePermissions(
          fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setPosixFilePermissions(
          root, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Rootfs.delete(fresh);
    }
  }

  private JsonObject manifest(String image, int depth) throws IOException {
    byte[] bytes = images.manifest(image).orElseThrow(() -> ImageException.notFound(image));
    String digest = "sha256:" + HexFormat.of().formatHex(sha256().digest(bytes));
    if (!image.endsWith("@" + digest)) {
      throw new IOException("its manifest has the digest " + digest);
    }
    JsonObject manifest = json(bytes);
    if (!manifest.has("manifests")) {
      return manifest;
    }
    if (depth > 0) {
      throw new IOException("its index points to another index");
    }
    String wanted = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    for (JsonElement element : manifest.getAsJsonArray("manifests")) {
      JsonObject entry = element.getAsJsonObject();
      JsonObject platform = entry.getAsJsonObject("platform");
      if (platform != null
          && platform.get("os").getAsString().equals("linux")
          && platform.get("architecture").getAsString().equals(wanted)) {
        String repository = image.substring(0, image.indexOf('@') + 1);
        return manifest(repository + entry.get("digest").getAsString(), depth + 1);
      }
    }
    throw new IOException("it has no variant for linux/" + wanted);
  }

  private void add(Layers layers, JsonObject layer) throws IOException {
    String digest = layer.get("digest").getAsString();
    MessageDigest sum = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(blob(digest)), sum)) {
      layers.add(new Unclosed(in), layer.get("mediaType").getAsString());
      in.transferTo(OutputStream.nullOutputStream());
    }
    String found = "sha256:" + HexFormat.of().formatHex(sum.digest());
    if (!found.equals(digest)) {
      throw new IOException("layer %s is damaged: it has the digest %s".formatted(digest, found));
    }
  }

  /** Lets the rest of a layer be read for its digest after the tar reader has had enough. */
  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // left open on purpose
    }
  }

  private static void furnish(Rootfs rootfs) throws IOException {
    for (String name : FOLDERS) {
      rootfs.makeFolder(rootfs.follow(name));
    }
    for (String name : FILES) {
      Path file = rootfs.follow(name);
      if (!Files.exists(file)) {
        rootfs.makeFolder(Rootfs.parent(file));
        Files.createFile(file);
      }
    }
  }

  private Path blob(String digest) throws IOException {
    Optional<Path> blob = images.blob(digest);
    return blob.orElseThrow(() -> new IOException("the registry has no blob " + digest));
  }

  private static JsonObject json(byte[] bytes) {
    return JsonParser.parseString(new String(bytes, UTF_8)).getAsJsonObject();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
