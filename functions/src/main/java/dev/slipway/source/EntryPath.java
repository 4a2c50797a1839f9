package dev.slipway.source;

import dev.slipway.release.Finding;
import dev.slipway.release.Limits;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an entry, taken apart.
 *
 * @param parts folders and at last the file, none of them {@code .} or {@code ..}; empty for the
 *     archive's own root
 */
record EntryPath(List<String> parts) {

  private static final int MAX_PART = 255;
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);
  private static final Pattern DEVICE =
      Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?", Pattern.DOTALL);

  EntryPath {
    parts = List.copyOf(parts);
  }

  /** Reads a name; what is wrong with it, all of it, goes to the findings. */
  static Optional<EntryPath> of(byte[] raw, Limits limits, Findings findings) {
    String name;
    try {
      name = Shown.utf8(raw);
    } catch (CharacterCodingException e) {
      findings.add(
          Finding.at(
              "non-utf8", Shown.bytes(raw), "a name must be UTF-8: rename the file"));
      return Optional.empty();
    }
    List<String> parts = parts(name);
    boolean characters = checkCharacters(name, findings);
    boolean place = checkPlace(name, parts, findings);
    boolean size = checkSize(name, raw.length, parts, limits, findings);
    return characters && place && size
        ? Optional.of(new EntryPath(parts))
        : Optional.empty();
  }

  /** Whether Windows keeps this file name for itself. */
  static boolean isReservedOnWindows(String part) {
    return DEVICE.matcher(part.toLowerCase(Locale.ROOT)).matches()
        || part.endsWith(".")
        || part.endsWith(" ");
  }

  private static List<String> parts(String name) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (from <= name.length()) {
      int slash = name.indexOf('/', from);
      int to = slash < 0 ? name.length() : slash;
      String part = name.substring(from, to);
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
      from = to + 1;
    }
    return parts;
  }

  private static boolean checkCharacters(String name, Findings findings) {
    boolean nul = name.indexOf('\0') >= 0;
    boolean backslash = name.indexOf('\\') >= 0;
    boolean control = name.codePoints().anyMatch(c -> c != 0 && isControl(c));
    if (nul) {
      findings.at("nul", name, "a name must not hold a NUL character: rename the file");
    }
    if (backslash) {
      findings.at(
          "backslash",
          name,
          "a backslash parts folders on Windows and not here: archive it with forward slashes");
    }
    if (control) {
      findings.at(
          "control-character",
          name,
          "a name must not hold control characters, or ones that turn the writing direction:"
              + " rename the file");
    }
    return !nul && !backslash && !control;
  }

  /** Controls, line ends, and the marks that make a name read as another one. */
  private static boolean isControl(int c) {
    return Character.isISOControl(c)
        || (c >= 0x200e && c <= 0x200f)
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0xfeff;
  }

  private static boolean checkPlace(String name, List<String> parts, Findings findings) {
    boolean traversal = parts.contains("..");
    boolean absolute = name.startsWith("/");
    boolean drive = DRIVE.matcher(name).matches();
    if (traversal) {
      findings.at("path-traversal", name, "a name must not climb out of its folder with '..'");
    }
    if (absolute) {
      findings.at("absolute-path", name, "a name must not begin with '/'");
    }
    if (drive) {
      findings.at("drive-letter", name, "a name must not begin with a drive letter");
    }
    if (name.isEmpty()) {
      findings.add("empty-name", "an entry has no name");
    }
    return !traversal && !absolute && !drive && !name.isEmpty();
  }

  private static boolean checkSize(
      String name, int bytes, List<String> parts, Limits limits, Findings findings) {
    boolean tooLong =
        bytes > limits.path() || parts.stream().anyMatch(part -> part.length() > MAX_PART);
    boolean tooDeep = parts.size() > limits.depth();
    if (tooLong) {
      findings.at(
          "path-too-long",
          name,
          "a name may have %,d bytes, each part of it %d".formatted(limits.path(), MAX_PART));
    }
    if (tooDeep) {
      findings.at(
          "path-too-deep", name, "a name may lead through %d folders".formatted(limits.depth()));
    }
    return !tooLong && !tooDeep;
  }
}
