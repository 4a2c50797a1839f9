package dev.slipway.local.run;

import java.nio.file.Path;
import java.util.Optional;

/** Where Cloud Run gets container images: an OCI registry, seen from inside. */
public interface Images {

  /**
   * The bytes of an image's manifest or index.
   *
   * @param image {@code host/path:tag} or {@code host/path@sha256:...}
   */
  Optional<byte[]> manifest(String image);

  /** The file that holds a config or layer blob, as it was pushed, by {@code sha256:...}. */
  Optional<Path> blob(String digest);
}
