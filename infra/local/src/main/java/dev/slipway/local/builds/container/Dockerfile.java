package dev.slipway.local.builds.container;

import dev.slipway.local.builds.work.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The Dockerfile a build brings along, as the substitution {@code _DOCKERFILE}. */
record Dockerfile(String text) {

  private static final Pattern ARG = Pattern.compile("(?m)^ARG ([A-Z_]+)");
  private static final Pattern HEREDOC = Pattern.compile("(COPY .*?)<<'([A-Z]+)' (\\S+)");
  private static final int LARGEST = 1 << 20;

  /** Where a Dockerfile without here-documents finds their text: a build context of this name. */
  static final String FILES = "slipway-files";

  /** Unpacks it: gzip in base64. */
  static Dockerfile of(Map<String, String> substitutions) {
    String packed = substitutions.getOrDefault("_DOCKERFILE", "");
    if (packed.isEmpty()) {
      throw new Refusal(
          "This is no build of Slipway's: the substitution _DOCKERFILE is missing, which container"
              + " engines build from.");
    }
    try (var gzip =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
      return new Dockerfile(new String(gzip.readNBytes(LARGEST), StandardCharsets.UTF_8));
    } catch (IOException | IllegalArgumentException e) {
      throw new Refusal(
          "The substitution _DOCKERFILE is not gzip in base64: " + e.getMessage());
    }
  }

  /**
   * Its build arguments: {@code ARG NAME} is the substitution {@code _NAME}, set or empty, as the
   * build template has it too. An image of the user's own takes the place of the one asked for.
   *
   * @param images by name in {@code build-templates/bases}: BUILDER, STATIC, CC ...
   */
  Map<String, String> arguments(Map<String, String> substitutions, Map<String, String> images) {
    Map<String, String> arguments = new TreeMap<>();
    Matcher names = ARG.matcher(text);
    while (names.find()) {
      arguments.put(names.group(1), substitutions.getOrDefault("_" + names.group(1), ""));
    }
    String base = substitutions.getOrDefault("_BASE", "").toUpperCase(Locale.ROOT);
    arguments.computeIfPresent("BUILDER", (name, image) -> images.getOrDefault(name, image));
    arguments.computeIfPresent("BASE_IMAGE", (name, image) -> images.getOrDefault(base, image));
    return arguments;
  }

  /**
   * The same without what buildah learnt late: here-documents (1.33) become files in {@code folder},
   * copied from the build context {@link #FILES}, and {@code RUN --network=none} (1.30) is left to
   * whoever runs the build: the network is to be taken away from every stage after {@code fetched}.
   * A stage inherits the build arguments of the one it is made from, so those are declared again.
   */
  Dockerfile plain(Path folder) throws IOException {
    List<String> kept = new ArrayList<>();
    List<String> document = new ArrayList<>();
    Inherited inherited = new Inherited();
    String end = "";
    for (String line : text.lines().toList()) {
      Matcher start = HEREDOC.matcher(line);
      if (!end.isEmpty() && line.equals(end)) {
        Files.writeString(folder.resolve(end), String.join("\n", document) + "\n");
        document.clear();
        end = "";
      } else if (!end.isEmpty()) {
        document.add(line);
      } else if (start.matches()) {
        end = start.group(2);
        kept.add(start.group(1) + "--from=%s %s %s".formatted(FILES, end, start.group(3)));
      } else {
        kept.add(line.replaceFirst("^RUN --network=none ", "RUN "));
        kept.addAll(inherited.after(line));
      }
    }
    return new Dockerfile(String.join("\n", kept) + "\n");
  }

  /** The build arguments of each stage, by its name. */
  private static final class Inherited {

    private static final Pattern STAGE = Pattern.compile("FROM (\\S+) AS (\\S+)");

    private final Map<String, List<String>> declared = new HashMap<>();
    private List<String> current = new ArrayList<>();

    /** What is to be declared again after this line. */
    List<String> after(String line) {
      Matcher stage = STAGE.matcher(line);
      if (stage.matches()) {
        List<String> parents = declared.getOrDefault(stage.group(1), List.of());
        current = new ArrayList<>(parents);
        declared.put(stage.group(2), current);
        return parents;
      }
      if (line.startsWith("ARG ")) {
        current.add(line);
      }
      return List.of();
    }
  }
}
