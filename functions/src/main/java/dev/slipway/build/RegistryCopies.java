package dev.slipway.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.release.Image;
import dev.slipway.release.ReleaseId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Copies images from registry to registry: blobs first, mounted where the registry can, then the
 * manifest, byte for byte, which is what the digest names. A copy is tagged with its release, as a
 * build tags what it pushes: what is not tagged, the registry sweeps.
 */
public final class RegistryCopies implements Copies {

  private final Registry registry;
  private final RegistryPush push;
  private final String repository;

  /**
   * Copies into one repository.
   *
   * @param token good for both registries
   * @param repository {@code HOST/PROJECT/REPOSITORY}; an image's name follows it
   */
  public RegistryCopies(Registry registry, AccessToken token, String repository) {
    this.registry = registry;
    this.push = new RegistryPush(token);
    this.repository = repository;
  }

  @Override
  public Image copy(Image from, ReleaseId release) {
    ImageRef source = ImageRef.parse(from.name());
    ImageRef target = ImageRef.parse(repository + "/" + release.service());
    try {
      if (!registry.has(target, from.digest()).orElse(false)) {
        manifest(source, target, from.digest());
      }
      tag(target, from.digest(), release);
      return from.named(target.toString());
    } catch (FileNotFoundException e) {
      throw new IllegalArgumentException(failure(from, target, e), e);
    } catch (IOException e) {
      throw new UncheckedIOException(failure(from, target, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while copying " + from.reference(), e);
    }
  }

  private static String failure(Image from, ImageRef target, IOException e) {
    return "Tried to copy %s to %s but: %s".formatted(from.reference(), target, e.getMessage());
  }

  private void manifest(ImageRef from, ImageRef to, String digest)
      throws IOException, InterruptedException {
    String text = text(from, digest);
    List<String> named = Manifest.named(text);
    for (String each : named) {
      manifest(from, to, each);
    }
    if (named.isEmpty()) {
      Manifest manifest = Manifest.parse(text);
      blob(from, to, manifest.config());
      for (Manifest.Blob layer : manifest.layers()) {
        blob(from, to, layer);
      }
    }
    push.manifest(to, digest, Manifest.mediaType(text), text);
  }

  private void tag(ImageRef image, String digest, ReleaseId release)
      throws IOException, InterruptedException {
    if (!registry.has(image, release.toString()).orElse(false)) {
      String text = text(image, digest);
      push.manifest(image, release.toString(), Manifest.mediaType(text), text);
    }
  }

  private String text(ImageRef image, String digest) throws IOException, InterruptedException {
    String text = registry.manifest(image, digest);
    if (!digest.equals(digestOf(text))) {
      throw new IllegalArgumentException(
          "what lies at %s@%s is not what its digest says".formatted(image, digest));
    }
    return text;
  }

  private void blob(ImageRef from, ImageRef to, Manifest.Blob blob)
      throws IOException, InterruptedException {
    if (push.mount(from, to, blob.digest())) {
      return;
    }
    try (InputStream body = registry.blob(from, blob.digest())) {
      push.blob(to, blob, body);
    }
  }

  private static String digestOf(String manifest) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(manifest.getBytes(UTF_8));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
