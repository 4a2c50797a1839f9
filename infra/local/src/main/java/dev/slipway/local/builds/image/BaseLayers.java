package dev.slipway.local.builds.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The base layers made since the start, so that each is packed once and not for every build. One is
 * taken again only for the very same files: their paths, and of each its inode, size and date.
 */
public final class BaseLayers {

  private final Path folder;
  private final Map<String, Layer> made = new HashMap<>();

  /**
   * @param folder theirs alone; made, and emptied, when first needed
   */
  public BaseLayers(Path folder) {
    this.folder = folder;
  }

  synchronized Layer of(LayerFiles files) throws IOException {
    String key = files.identity();
    Layer known = made.get(key);
    if (known != null && Files.isRegularFile(known.file())) {
      return known;
    }
    if (made.isEmpty()) {
      clear();
    }
    Path file = folder.resolve(key + ".tar.gz");
    Path unfinished = folder.resolve(key + ".unfinished");
    Layer layer = files.write(unfinished).at(file);
    Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    made.put(key, layer);
    return layer;
  }

  /** What an earlier process left: only it knew their digests. */
  private void clear() throws IOException {
    Files.createDirectories(folder);
    List<Path> left;
    try (Stream<Path> all = Files.list(folder)) {
      left = all.toList();
    }
    for (Path each : left) {
      Files.delete(each);
    }
  }
}
