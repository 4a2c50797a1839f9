package dev.slipway.build;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.release.Image;
import dev.slipway.release.ReleaseId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;

/**
 * Measures images in their registry: the compressed size from the manifest, the uncompressed one by
 * unpacking each layer and counting. Layers of bases come again and again and are counted once.
 */
public final class RegistryImages implements Images {

  private static final Duration TIMEOUT = Duration.ofSeconds(90);
  private static final long MAX_UNCOMPRESSED = 8L << 30;
  private static final int MAX_KNOWN = 10_000;
  private static final long UNKNOWN = -1;

  private final Registry registry;
  private final String repository;
  private final String region;
  private final Map<String, Long> known = new ConcurrentHashMap<>();

  /**
   * Images of one repository.
   *
   * @param repository {@code HOST/PROJECT/REPOSITORY}; an image's name follows it
   * @param region where it lies, for a host that does not tell
   */
  public RegistryImages(Registry registry, String repository, String region) {
    this.registry = registry;
    this.repository = repository;
    this.region = region;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when what lies there is no image: no retry helps
   * @throws UncheckedIOException when the registry cannot be read: a retry can help
   */
  @Override
  public Image measure(ReleaseId release, String digest) {
    ImageRef ref = ImageRef.parse(repository + "/" + release.service());
    try (ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Image> image = reader.submit(() -> measure(ref, digest));
      try {
        return image.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      } finally {
        image.cancel(true);
      }
    } catch (TimeoutException e) {
      throw failure(ref, digest, new IOException("no end after " + TIMEOUT.toSeconds() + " s", e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(ref, digest, new IOException("interrupted", e));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        throw new IllegalArgumentException(
            "measuring %s@%s failed: %s".formatted(ref, digest, wrong.getMessage()), e);
      }
      throw failure(ref, digest, new IOException(String.valueOf(e.getCause()), e));
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws RuntimeException when it cannot be asked, or answers something else
   */
  @Override
  public Optional<Long> stated(Image image) {
    return ImageRef.parse(image.name()).description(region, image.digest()).map(this::imageSize);
  }

  private long imageSize(URI description) {
    try {
      JsonObject image = JsonParser.parseString(registry.resource(description)).getAsJsonObject();
      if (!image.has("imageSizeBytes")) {
        throw new IllegalStateException(description + " names no imageSizeBytes");
      }
      return image.get("imageSizeBytes").getAsLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading " + description, e);
    }
  }

  private Image measure(ImageRef ref, String digest) throws IOException, InterruptedException {
    String text = registry.manifest(ref, digest);
    Optional<String> ours = Manifest.ofPlatform(text);
    Manifest manifest = Manifest.parse(ours.isEmpty() ? text : registry.manifest(ref, ours.get()));
    List<Image.Layer> layers = new ArrayList<>();
    for (Manifest.Blob blob : manifest.layers()) {
      layers.add(new Image.Layer(blob.digest(), blob.bytes(), uncompressed(ref, blob)));
    }
    boolean allKnown = layers.stream().noneMatch(layer -> layer.uncompressedBytes() == UNKNOWN);
    return new Image(
        ref.toString(),
        digest,
        manifest.configBytes() + layers.stream().mapToLong(Image.Layer::compressedBytes).sum(),
        allKnown ? layers.stream().mapToLong(Image.Layer::uncompressedBytes).sum() : UNKNOWN,
        layers);
  }

  private long uncompressed(ImageRef ref, Manifest.Blob blob)
      throws IOException, InterruptedException {
    if (blob.mediaType().endsWith("zstd")) {
      // Docker pushes gzip, so this is an image somebody else made; the JDK has no zstd.
      return UNKNOWN;
    }
    if (blob.mediaType().endsWith(".tar")) {
      return blob.bytes();
    }
    Long counted = known.get(blob.digest());
    if (counted != null) {
      return counted;
    }
    long bytes = count(ref, blob.digest());
    if (known.size() < MAX_KNOWN) {
      known.put(blob.digest(), bytes);
    }
    return bytes;
  }

  private long count(ImageRef ref, String digest) throws IOException, InterruptedException {
    try (InputStream stored = registry.blob(ref, digest);
        InputStream tar = new GZIPInputStream(stored, 1 << 16)) {
      byte[] buffer = new byte[1 << 16];
      long bytes = 0;
      for (int read = tar.read(buffer); read >= 0; read = tar.read(buffer)) {
        bytes += read;
        if (bytes > MAX_UNCOMPRESSED) {
          throw new IllegalArgumentException(
              "layer %s unpacks to more than %d bytes".formatted(digest, MAX_UNCOMPRESSED));
        }
      }
      return bytes;
    }
  }

  private static UncheckedIOException failure(ImageRef ref, String digest, IOException why) {
    return new UncheckedIOException(
        "measuring %s@%s failed: %s".formatted(ref, digest, why.getMessage()), why);
  }
}
