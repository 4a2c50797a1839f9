package dev.slipway.cli.environment;

import dev.slipway.cli.laptop.Failure;
import dev.slipway.release.Fields;
import dev.slipway.release.Finding;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads {@code environments.yaml}, strictly. */
final class EnvironmentFile {

  private static final String NAME = "[a-z][a-z0-9-]{1,39}";
  private static final String BUCKET = "[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]";
  private static final String PROJECT = "[a-z0-9.:-]{4,60}";

  private EnvironmentFile() {}

  /**
   * The environments a file describes, by name; none where there is no file.
   *
   * @throws Failure naming everything that is wrong with it
   */
  static Map<String, Description> read(Path file) {
    if (!Files.exists(file)) {
      return Map.of();
    }
    Map<String, Object> root = parse(file);
    Fields fields = Fields.of("environments", file.toString(), "", root);
    Map<String, Description> described = new LinkedHashMap<>();
    fields.require("environments");
    Optional<Fields> table = fields.table("environments");
    if (table.isPresent() && root.get("environments") instanceof Map<?, ?> map) {
      for (Object key : map.keySet()) {
        String name = String.valueOf(key);
        named(table.get(), name);
        table.get().table(name).ifPresent(one -> described.put(name, describe(name, one)));
      }
    }
    List<Finding> problems = fields.findings();
    if (!problems.isEmpty()) {
      throw refused(
          file, problems.stream().map(Finding::message).collect(Collectors.joining("\n  ")));
    }
    return described;
  }

  private static Map<String, Object> parse(Path file) {
    Object parsed;
    try {
      parsed =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromString(Files.readString(file));
    } catch (IOException | YamlEngineException e) {
      throw refused(file, String.valueOf(e.getMessage()));
    }
    if (!(parsed instanceof Map<?, ?> map)) {
      throw refused(file, "it is no table of settings");
    }
    Map<String, Object> root = new LinkedHashMap<>();
    map.forEach((key, value) -> root.put(String.valueOf(key), value));
    return root;
  }

  private static void named(Fields environments, String name) {
    if (!name.matches(NAME)) {
      environments.reject(name, "an environment is named by 2 to 40 of a-z, 0-9 and -");
    }
    if (name.equals(Environment.LAPTOP)) {
      environments.reject(name, "that is the one of the laptop: name it otherwise");
    }
  }

  private static Description describe(String name, Fields fields) {
    fields.require("console").require("bucket").require("project");
    String console =
        fields
            .text(
                "console",
                EnvironmentFile::isAddress,
                "an https:// address, such as https://console-abc123-ew.a.run.app")
            .orElse("https://invalid");
    return new Description(
        name,
        console.endsWith("/") ? console : console + "/",
        fields.text("bucket", b -> b.matches(BUCKET), "a bucket's name").orElse(""),
        fields.text("project", p -> p.matches(PROJECT), "a project's id").orElse(""),
        fields.text("audience").orElse(console.replaceFirst("(?<=[^/:])/.*$", "")),
        fields.oneOf("identity", IdentitySource.class).orElse(IdentitySource.AUTO),
        Optional.empty());
  }

  /** A token goes there: over TLS, but for this very machine. */
  private static boolean isAddress(String text) {
    try {
      URI uri = URI.create(text);
      boolean here =
          "http".equals(uri.getScheme())
              && ("127.0.0.1".equals(uri.getHost()) || "localhost".equals(uri.getHost()));
      return uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null
          && ("https".equals(uri.getScheme()) || here);
    } catch (IllegalArgumentException no) {
      return false;
    }
  }

  private static Failure refused(Path file, String why) {
    return new Failure(
        "Tried to read the environments of %s but:%n  %s%ndocs/cli.md says what belongs there."
            .formatted(file, why));
  }
}
