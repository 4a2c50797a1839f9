package dev.slipway.local.builds.container;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the Dockerfile's stage {@code report} wrote: a file for each fact. The crate's code ran
 * there, so it is read as data, a little of each file.
 */
record Report(Path folder) {

  private static final int LONGEST = 2000;
  private static final int MOST_DIGITS = 15;
  private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

  /**
   * One line of JSON, as the last step of the build template writes it.
   *
   * @param started when the build began, in seconds since 1970: what was cooked before was cached
   */
  ByteString json(Map<String, String> substitutions, long started, double imageSeconds)
      throws IOException {
    boolean cached = number("cooked") < started;
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("schema", 1);
    facts.put("bin", substitutions.getOrDefault("_BIN", ""));
    facts.put("binaryBytes", number("bytes"));
    facts.put("interpreter", line("interpreter"));
    facts.put("needed", lines("needed"));
    facts.put("glibc", line("glibc"));
    facts.put("base", substitutions.getOrDefault("_BASE", ""));
    facts.put("toolchain", line("toolchain"));
    facts.put("cacheHit", cached);
    facts.put("fetchSeconds", cached ? 0 : number("fetch"));
    facts.put("testSeconds", number("test"));
    facts.put("cookSeconds", cached ? 0 : number("cook"));
    facts.put("buildSeconds", number("build"));
    facts.put("imageSeconds", imageSeconds);
    return ByteString.copyFrom(JSON.toJson(facts).getBytes(StandardCharsets.UTF_8));
  }

  private long number(String name) throws IOException {
    String digits = line(name).replaceAll("[^0-9]", "");
    return digits.isEmpty()
        ? 0
        : Long.parseLong(digits.substring(0, Math.min(MOST_DIGITS, digits.length())));
  }

  private String line(String name) throws IOException {
    List<String> lines = lines(name);
    return lines.isEmpty() ? "" : lines.getFirst();
  }

  private List<String> lines(String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (var in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
      return text.replaceAll("[^A-Za-z0-9 ()._+/\\n-]", "")
          .lines()
          .filter(line -> !line.isBlank())
          .toList();
    }
  }
}
