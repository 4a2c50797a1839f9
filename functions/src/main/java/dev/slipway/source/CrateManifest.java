package dev.slipway.source;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One Cargo.toml, for whoever chooses the files of an upload: what it says of other files. */
public final class CrateManifest {

  private final Manifest manifest;

  private CrateManifest(Manifest manifest) {
    this.manifest = manifest;
  }

  /**
   * Reads the text of a Cargo.toml.
   *
   * @throws IllegalArgumentException when it is no TOML; the message says where
   */
  public static CrateManifest of(String text) {
    try {
      return new CrateManifest(new Manifest("", new Table(Toml.parse(text))));
    } catch (TomlException e) {
      throw new IllegalArgumentException(e.explained(), e);
    }
  }

  public boolean hasPackage() {
    return manifest.hasPackage();
  }

  public boolean hasWorkspace() {
    return manifest.hasWorkspace();
  }

  /** Where the package says its workspace's root is, relative to it. */
  public Optional<String> workspaceRoot() {
    return manifest.packageTable().text("workspace");
  }

  /** Whether this workspace names the folder a member, be it by a glob. */
  public boolean isMember(String folder) {
    return matches("members", folder);
  }

  /** Whether this workspace leaves a folder out, by naming it or one above. */
  public boolean isExcluded(String folder) {
    return manifest.workspace().texts("exclude").stream()
        .flatMap(path -> Paths.resolve("", path).stream())
        .anyMatch(path -> Paths.isWithin(folder, path));
  }

  private boolean matches(String key, String folder) {
    return manifest.workspace().texts(key).stream()
        .flatMap(path -> Paths.resolve("", path).stream())
        .anyMatch(path -> new Glob(path).matches(folder));
  }

  /** The folders of its dependencies by path, of every kind, relative to it, as written. */
  public List<String> pathDependencies() {
    return Stream.concat(
            manifest.dependencies().stream(), manifest.substitutes().stream())
        .flatMap(dependency -> dependency.path().stream())
        .distinct()
        .toList();
  }

  /** The package's patterns of what is packed, as in a .gitignore; empty means all. */
  public List<String> include() {
    return manifest.packageTable().texts("include");
  }

  /** The package's patterns of what is not packed, as in a .gitignore. */
  public List<String> exclude() {
    return manifest.packageTable().texts("exclude");
  }

  /** Files cargo packs whatever the patterns say: the readme and the licence it names. */
  public List<String> named() {
    return Stream.of("readme", "license-file")
        .flatMap(key -> manifest.packageTable().text(key).stream())
        .toList();
  }

  /** Whether cargo looks for a readme by itself, since none is named and none is ruled out. */
  public boolean looksForReadme() {
    return !manifest.packageTable().has("readme")
        || manifest.packageTable().isTrue("readme");
  }
}
