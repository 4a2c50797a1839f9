package dev.slipway.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Cargo.toml.
 *
 * @param folder where it lies, from the root of the upload, {@code ""} for the root itself
 */
record Manifest(String folder, Table root) {

  private static final List<String> DEPENDENCIES =
      List.of(
          "dependencies",
          "dev-dependencies",
          "dev_dependencies",
          "build-dependencies",
          "build_dependencies");

  /** The file's path from the root of the upload. */
  String path() {
    return Paths.join(folder, "Cargo.toml");
  }

  boolean hasPackage() {
    return root.has("package") || root.has("project");
  }

  boolean hasWorkspace() {
    return root.has("workspace");
  }

  Table workspace() {
    return root.table("workspace");
  }

  Table packageTable() {
    return root.has("package") ? root.table("package") : root.table("project");
  }

  String name() {
    return packageTable().text("name").orElse("");
  }

  /** A field of the package, or of the workspace where it says {@code workspace = true}. */
  Optional<String> inherited(String key, Manifest workspaceRoot) {
    return packageTable().table(key).isTrue("workspace")
        ? workspaceRoot.workspace().table("package").text(key)
        : packageTable().text(key);
  }

  /** Cargo's own default for a package that names no version. */
  String version(Manifest workspaceRoot) {
    return inherited("version", workspaceRoot).orElse("0.0.0");
  }

  String edition(Manifest workspaceRoot) {
    return inherited("edition", workspaceRoot).orElse("2015");
  }

  /** What {@code [package.metadata.slipway]} says, if it is there. */
  Optional<Map<String, Object>> settings() {
    return Optional.ofNullable(packageTable().table("metadata").values().get("slipway"))
        .map(Manifest::asMap);
  }

  /** Every dependency, of every kind and target. */
  List<Dependency> dependencies() {
    List<Dependency> all = new ArrayList<>();
    addDependencies(root, "", all);
    root.table("target")
        .tables()
        .forEach((target, table) -> addDependencies(table, "target." + target + ".", all));
    return all;
  }

  /** What takes the place of dependencies: patches, replacements, the workspace's own list. */
  List<Dependency> substitutes() {
    List<Dependency> all = new ArrayList<>();
    root.table("patch")
        .tables()
        .forEach((registry, table) -> add(table, "patch." + registry, all));
    add(root.table("replace"), "replace", all);
    add(workspace().table("dependencies"), "workspace.dependencies", all);
    return all;
  }

  private static void addDependencies(Table table, String prefix, List<Dependency> all) {
    DEPENDENCIES.forEach(kind -> add(table.table(kind), prefix + kind, all));
  }

  private static void add(Table table, String where, List<Dependency> all) {
    table
        .values()
        .forEach(
            (key, value) ->
                all.add(
                    new Dependency(
                        where,
                        key,
                        value instanceof Map ? table.table(key) : Table.EMPTY)));
  }

  private static Map<String, Object> asMap(Object value) {
    return value instanceof Map ? new Table(Map.of("slipway", value)).table("slipway").values()
        : Map.of("slipway", value);
  }

  /**
   * One dependency.
   *
   * @param where the table it is in
   * @param key its name there
   * @param spec its own table, empty where it is only a version
   */
  record Dependency(String where, String key, Table spec) {

    /** The package's own name, where the key is another. */
    String packageName() {
      return spec.text("package").orElse(key);
    }

    Optional<String> path() {
      return spec.text("path");
    }

    boolean isInherited() {
      return spec.isTrue("workspace");
    }
  }
}
