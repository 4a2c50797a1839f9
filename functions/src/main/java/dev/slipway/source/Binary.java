package dev.slipway.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A binary a package makes.
 *
 * @param path its main file, from the root of the upload
 * @param requiredFeatures without which cargo silently leaves it out
 */
record Binary(String name, String path, List<String> requiredFeatures) {

  Binary {
    requiredFeatures = List.copyOf(requiredFeatures);
  }

  /** The binaries of a package by cargo's rules; one without its source file is a finding. */
  static List<Binary> of(Manifest manifest, String edition, Tree tree, Findings findings) {
    List<Table> explicit = manifest.root().list("bin");
    Map<String, String> found = discovered(manifest, tree);
    Map<String, Binary> binaries = new LinkedHashMap<>();
    for (Table bin : explicit) {
      String name = bin.text("name").orElse("");
      Optional<String> path = path(manifest, bin, name, found, tree);
      path.ifPresent(
          file -> binaries.put(name, new Binary(name, file, bin.texts("required-features"))));
      if (path.isEmpty()) {
        findings.at(
            "missing-binary-source",
            manifest.path(),
            "the source of the binary '%s' is not in the upload".formatted(Shown.text(name)));
      }
    }
    boolean old = edition.equals("2015") && !explicit.isEmpty();
    if (manifest.packageTable().flag("autobins").orElse(!old)) {
      found.forEach((name, path) -> addDiscovered(binaries, name, path));
    }
    return List.copyOf(binaries.values());
  }

  private static void addDiscovered(Map<String, Binary> binaries, String name, String path) {
    boolean taken = binaries.values().stream().anyMatch(b -> b.path().equals(path));
    if (!taken) {
      binaries.putIfAbsent(name, new Binary(name, path, List.of()));
    }
  }

  private static Optional<String> path(
      Manifest manifest, Table bin, String name, Map<String, String> found, Tree tree) {
    Optional<String> stated = bin.text("path");
    if (stated.isPresent()) {
      return Paths.resolve(manifest.folder(), stated.get()).filter(tree::hasFile);
    }
    String main = Paths.join(manifest.folder(), "src/main.rs");
    boolean only = manifest.root().list("bin").size() == 1 && tree.hasFile(main);
    return Optional.ofNullable(found.get(name)).or(() -> only ? Optional.of(main) : stated);
  }

  /** What lies where cargo looks: src/main.rs, src/bin/NAME.rs, src/bin/NAME/main.rs. */
  private static Map<String, String> discovered(Manifest manifest, Tree tree) {
    Map<String, String> found = new LinkedHashMap<>();
    String main = Paths.join(manifest.folder(), "src/main.rs");
    if (tree.hasFile(main)) {
      found.put(manifest.name(), main);
    }
    String bin = Paths.join(manifest.folder(), "src/bin");
    for (Node node : tree.folder(bin).map(Node::children).orElse(List.of())) {
      String name = node.name();
      if (node.isFile() && name.endsWith(".rs")) {
        found.putIfAbsent(name.substring(0, name.length() - 3), bin + "/" + name);
      } else if (node.isFolder() && node.child("main.rs").filter(Node::isFile).isPresent()) {
        found.putIfAbsent(name, bin + "/" + name + "/main.rs");
      }
    }
    return found;
  }

  /** The names of several, for a message. */
  static String names(List<Binary> binaries) {
    List<String> names = new ArrayList<>();
    binaries.stream().limit(20).forEach(b -> names.add("'" + Shown.text(b.name()) + "'"));
    int more = binaries.size() - names.size();
    return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
  }
}
