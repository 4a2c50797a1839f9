package dev.slipway.build;

import dev.slipway.release.RuntimeBase;
import dev.slipway.release.RustVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The images builds read, from the file {@code build-templates/bases}.
 *
 * @param images by name, such as {@code BUILDER} or {@code STATIC}
 */
record Bases(Map<String, String> images) {

  private static final Pattern RUST =
      Pattern.compile("rust[-:]([0-9]{1,4}\\.[0-9]{1,5}(\\.[0-9]{1,5})?)");

  Bases {
    images = Map.copyOf(images);
  }

  /**
   * Reads lines of {@code NAME=IMAGE}; blank lines and lines that begin with {@code #} say nothing.
   */
  static Bases parse(List<String> lines) {
    Map<String, String> images = new HashMap<>();
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      if (equals < 1 || images.put(line.substring(0, equals), line.substring(equals + 1)) != null) {
        throw new IllegalArgumentException(
            "build-templates/bases: '%s' is not NAME=IMAGE, or names one twice".formatted(line));
      }
    }
    return new Bases(images);
  }

  String image(String name) {
    String image = images.get(name);
    if (image == null) {
      throw new IllegalArgumentException(
          "build-templates/bases has no %s, only %s".formatted(name, images.keySet()));
    }
    return image;
  }

  /** The Rust of the builder, as its image's tag says; empty where that says none. */
  Optional<RustVersion> rust() {
    Matcher tag = RUST.matcher(image("BUILDER"));
    return tag.find() ? RustVersion.parse(tag.group(1)) : Optional.empty();
  }

  String image(RuntimeBase base) {
    return image(base.label().toUpperCase(Locale.ROOT));
  }
}
