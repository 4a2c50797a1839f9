package dev.slipway.source;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file or folder of an archive, in memory by name only.
 *
 * <p>Children are kept by their folded name, so two that a case-blind file system would merge
 * cannot both be there.
 */
final class Node {

  private final String name;
  private final Map<String, Node> children = new HashMap<>(2);
  private Entry.@Nullable Kind kind;
  private boolean executable;
  private boolean changesUser;
  private Spool.@Nullable Stored content;

  Node(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** What the archive says it is; nothing for a folder that is only implied by a path. */
  Optional<Entry.Kind> kind() {
    return Optional.ofNullable(kind);
  }

  boolean isFolder() {
    return kind == null || kind == Entry.Kind.FOLDER;
  }

  boolean isFile() {
    return kind == Entry.Kind.FILE;
  }

  boolean isExecutable() {
    return executable;
  }

  boolean changesUser() {
    return changesUser;
  }

  /** The content of a file that was kept. */
  Optional<Spool.Stored> content() {
    return Optional.ofNullable(content);
  }

  void become(Entry entry) {
    kind = entry.kind();
    executable = entry.isExecutable();
    changesUser = entry.changesUser();
  }

  void hold(Spool.Stored stored) {
    content = stored;
  }

  /** The children by name, always in the same order. */
  List<Node> children() {
    return children.values().stream().sorted(Comparator.comparing(Node::name)).toList();
  }

  Collection<Node> childrenUnordered() {
    return children.values();
  }

  /** The child of exactly this name. */
  Optional<Node> child(String wanted) {
    return namesake(wanted).filter(child -> child.name.equals(wanted));
  }

  /** The child whose name differs from this one at most in case or in Unicode composition. */
  Optional<Node> namesake(String wanted) {
    return Optional.ofNullable(children.get(fold(wanted)));
  }

  void add(Node child) {
    children.put(fold(child.name), child);
  }

  void remove(Node child) {
    children.remove(fold(child.name));
  }

  /** The node at a path below this one, parts joined by {@code /}; {@code ""} is this one. */
  Optional<Node> at(String path) {
    Node node = this;
    int from = 0;
    while (from < path.length()) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      Optional<Node> next = node.child(path.substring(from, to));
      if (next.isEmpty()) {
        return Optional.empty();
      }
      node = next.get();
      from = to + 1;
    }
    return Optional.of(node);
  }

  private static String fold(String name) {
    String upper = Normalizer.normalize(name, Normalizer.Form.NFC).toUpperCase(Locale.ROOT);
    return Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }
}
