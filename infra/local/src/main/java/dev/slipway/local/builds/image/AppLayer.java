package dev.slipway.local.builds.image;

import java.io.IOException;
import java.nio.file.Path;

/** The top layer: the binary at {@code /app/BIN}. */
public final class AppLayer {

  private AppLayer() {}

  public static String path(String bin) {
    return "/app/" + bin;
  }

  /** Writes the layer that holds {@code binary} as {@code bin} to {@code file}. */
  public static Layer write(String bin, Path binary, Path file) throws IOException {
    return new LayerFiles().file(path(bin), 0755, binary).write(file);
  }
}
