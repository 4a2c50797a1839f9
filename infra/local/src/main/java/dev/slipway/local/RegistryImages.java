package dev.slipway.local;

import dev.slipway.local.builds.ImageStore;
import dev.slipway.local.registry.OciException;
import dev.slipway.local.registry.Registry;
import dev.slipway.local.run.Images;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Artifact Registry, as Cloud Build pushes to it and Cloud Run pulls from it. */
record RegistryImages(Registry registry) implements ImageStore, Images {

  @Override
  public void blob(String digest, Path file) throws IOException {
    try {
      registry.putBlob(digest, file);
    } catch (OciException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public String manifest(String image, String mediaType, byte[] manifest) throws IOException {
    try {
      return registry.putManifest(image, mediaType, manifest);
    } catch (OciException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public Optional<byte[]> manifest(String image) {
    return present(() -> registry.manifest(image));
  }

  @Override
  public Optional<Path> blob(String digest) {
    return present(() -> registry.blob(digest));
  }

  private static <T> Optional<T> present(Supplier<T> content) {
    try {
      return Optional.of(content.get());
    } catch (OciException e) {
      return switch (e.code()) {
        case MANIFEST_UNKNOWN, NAME_UNKNOWN, BLOB_UNKNOWN -> Optional.empty();
        default -> throw e;
      };
    }
  }
}
