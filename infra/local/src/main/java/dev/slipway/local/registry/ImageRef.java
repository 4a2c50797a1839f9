package dev.slipway.local.registry;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an image, {@code [HOST/]PROJECT/REPO/IMAGE[:TAG][@sha256:HEX]}. There is one
 * registry on a laptop, so the host is read and ignored.
 *
 * @param name what stands between the host and the tag, {@code PROJECT/REPO/IMAGE}
 * @param tag the tag, where one was given
 * @param digest the digest, where one was given; it wins over the tag
 */
public record ImageRef(String name, @Nullable String tag, @Nullable Digest digest) {

  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
  private static final int LONGEST_NAME = 255;

  public ImageRef {
    checkName(name);
    if (tag != null) {
      checkTag(tag);
    }
  }

  /** Reads an image name; an {@link OciException} says what is wrong with it. */
  public static ImageRef parse(String text) {
    String rest = text;
    Digest digest = null;
    int at = rest.indexOf('@');
    if (at >= 0) {
      digest = Digest.parse(rest.substring(at + 1));
      rest = rest.substring(0, at);
    }
    String tag = null;
    int colon = rest.lastIndexOf(':');
    if (colon > rest.lastIndexOf('/')) {
      tag = rest.substring(colon + 1);
      rest = rest.substring(0, colon);
    }
    return new ImageRef(withoutHost(rest), tag, digest);
  }

  private static String withoutHost(String name) {
    int slash = name.indexOf('/');
    if (slash < 0) {
      return name;
    }
    String first = name.substring(0, slash);
    boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
    return host ? name.substring(slash + 1) : name;
  }

  /** The digest or else the tag, {@code latest} when neither was given. */
  public String reference() {
    if (digest != null) {
      return digest.toString();
    }
    return tag == null ? "latest" : tag;
  }

  static String checkName(String name) {
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      throw new OciException(
          OciException.Code.NAME_INVALID, "invalid repository name: '" + name + "'");
    }
    return name;
  }

  static String checkTag(String tag) {
    if (!TAG.matcher(tag).matches()) {
      throw new OciException(OciException.Code.MANIFEST_INVALID, "invalid tag: '" + tag + "'");
    }
    return tag;
  }
}
