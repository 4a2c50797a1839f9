package dev.slipway.source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads each Cargo.toml of a tree once. */
final class Manifests {

  private static final int MAX_BYTES = 1 << 20;

  private final Tree tree;
  private final Findings findings;
  private final Map<String, Optional<Manifest>> read = new LinkedHashMap<>();

  Manifests(Tree tree, Findings findings) {
    this.tree = tree;
    this.findings = findings;
  }

  Tree tree() {
    return tree;
  }

  boolean exists(String folder) {
    return tree.hasFile(Paths.join(folder, "Cargo.toml"));
  }

  /** The manifest in a folder; nothing where there is none, or none that can be read. */
  Optional<Manifest> in(String folder) {
    Optional<Manifest> known = read.get(folder);
    if (known == null) {
      known = table(Paths.join(folder, "Cargo.toml")).map(table -> new Manifest(folder, table));
      read.put(folder, known);
    }
    return known;
  }

  /** Any TOML file; one that is not TOML is a finding. */
  Optional<Table> table(String path) {
    Optional<String> text = tree.text(path, MAX_BYTES);
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(new Table(Toml.parse(text.get())));
    } catch (TomlException e) {
      findings.at("bad-toml", path, "it is not TOML: " + e.explained());
      return Optional.empty();
    }
  }
}
