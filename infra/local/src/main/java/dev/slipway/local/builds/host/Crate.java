package dev.slipway.local.builds.host;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.local.builds.work.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code cargo metadata} says about the archive.
 *
 * @param version the version of the package to build
 * @param repository its repository's URL, {@code ""} when it names none
 * @param own the packages of the archive itself, {@code NAME@VERSION}
 */
record Crate(String version, String repository, List<String> own) {

  static Crate parse(String metadata, String packageName) {
    List<String> own = new ArrayList<>();
    String version = "";
    String repository = "";
    boolean found = false;
    JsonObject json = JsonParser.parseString(metadata).getAsJsonObject();
    for (JsonElement each : json.getAsJsonArray("packages")) {
      JsonObject one = each.getAsJsonObject();
      if (!one.get("source").isJsonNull()) {
        continue;
      }
      String name = one.get("name").getAsString();
      own.add(name + "@" + one.get("version").getAsString());
      if (name.equals(packageName)) {
        found = true;
        version = one.get("version").getAsString();
        JsonElement where = one.get("repository");
        repository = where == null || where.isJsonNull() ? "" : where.getAsString();
      }
    }
    if (!found) {
      throw new Refusal(
          "The archive has no package '%s'; it has %s."
              .formatted(packageName, String.join(", ", own)));
    }
    return new Crate(version, repository, own);
  }

  /** The image's labels; the commit is the one {@code cargo package} wrote down. */
  Map<String, String> labels(String bin, Path source) throws IOException {
    Map<String, String> labels = new TreeMap<>();
    labels.put("org.opencontainers.image.title", bin);
    labels.put("org.opencontainers.image.version", version);
    if (!repository.isEmpty()) {
      labels.put("org.opencontainers.image.source", repository);
    }
    Path vcs = source.resolve(".cargo_vcs_info.json");
    if (Files.isRegularFile(vcs)) {
      commit(Files.readString(vcs, StandardCharsets.UTF_8), labels);
    }
    return labels;
  }

  private static void commit(String vcs, Map<String, String> labels) {
    try {
      JsonObject git = JsonParser.parseString(vcs).getAsJsonObject().getAsJsonObject("git");
      if (git != null && git.has("sha1")) {
        labels.put("org.opencontainers.image.revision", git.get("sha1").getAsString());
      }
    } catch (RuntimeException malformed) {
      // a label less; the file is cargo's affair
    }
  }
}
