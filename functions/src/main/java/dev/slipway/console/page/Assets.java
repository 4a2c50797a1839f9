package dev.slipway.console.page;

import dev.slipway.console.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The page's script and icon: a new content has a new name, so a browser keeps them. */
public final class Assets {

  public static final String FOLDER = "assets/";

  static final Assets SCRIPT = new Assets("console", "js", "text/javascript; charset=utf-8");
  static final Assets ICON = new Assets("icon", "svg", "image/svg+xml");

  private static final List<Assets> ALL = List.of(SCRIPT, ICON);
  private static final int HASH_DIGITS = 12;

  private final String name;
  private final String mediaType;
  private final byte[] content;

  private Assets(String file, String extension, String mediaType) {
    this.mediaType = mediaType;
    content = read(file + "." + extension);
    name = "%s.%s.%s".formatted(file, hash(content), extension);
  }

  /** Its address from the console's root. */
  String path() {
    return FOLDER + name;
  }

  /** How many bytes it adds to a first visit. */
  public static int bytes() {
    return ALL.stream().mapToInt(asset -> asset.content.length).sum();
  }

  /** The asset at {@code assets/NAME}; empty where there is none, as of an older version. */
  public static Optional<Reply> find(String name) {
    return ALL.stream().filter(asset -> asset.name.equals(name)).findFirst().map(Assets::reply);
  }

  private Reply reply() {
    return new Reply(
        200,
        Map.of(
            "content-type", mediaType,
            "cache-control", "private, max-age=31536000, immutable"),
        new Reply.Bytes(content));
  }

  static byte[] read(String file) {
    try (InputStream in = Assets.class.getResourceAsStream(file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to read " + file + " from the function's jar", e);
    }
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
