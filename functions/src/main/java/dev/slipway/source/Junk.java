package dev.slipway.source;

import java.util.Set;

/**
 * What is left out of the canonical copy, and nothing else: folders of version control ({@code
 * .git .hg .svn .jj}), cargo's {@code target/}, and what editors and desktops leave behind ({@code
 * .idea .vscode .vs .DS_Store ._* __MACOSX Thumbs.db desktop.ini *.swp *.swo *~ .#*}).
 *
 * <p>In a vendored package ({@code .cargo-checksum.json} lies in it) everything stays: cargo checks
 * every file there against that list.
 */
final class Junk {

  private static final long LARGE = 1 << 20;
  private static final Set<String> NAMES =
      Set.of(
          ".git",
          ".hg",
          ".svn",
          ".jj",
          ".idea",
          ".vscode",
          ".vs",
          ".DS_Store",
          "__MACOSX",
          "Thumbs.db",
          "desktop.ini");

  private final Findings warnings;

  Junk(Findings warnings) {
    this.warnings = warnings;
  }

  /** Takes out what is junk wherever it lies. */
  void prune(Node folder, String path) {
    if (isVendored(folder)) {
      return;
    }
    for (Node child : folder.children()) {
      String at = path.isEmpty() ? child.name() : path + "/" + child.name();
      if (isJunk(child.name()) || isTarget(folder, child)) {
        remove(folder, child, at);
      } else {
        prune(child, at);
      }
    }
  }

  /** Takes out cargo's target folder, marked or not, at the root of the crate. */
  void pruneTarget(Node root) {
    root.child("target")
        .filter(Node::isFolder)
        .ifPresent(target -> remove(root, target, "target"));
  }

  private void remove(Node folder, Node child, String path) {
    folder.remove(child);
    long size = size(child);
    if (size >= LARGE) {
      warnings.at(
          "left-out",
          path,
          "%,d bytes were uploaded and left out: leave it out of the archive to upload faster"
              .formatted(size));
    }
  }

  static boolean isVendored(Node folder) {
    return folder.child(".cargo-checksum.json").isPresent();
  }

  private static boolean isJunk(String name) {
    return NAMES.contains(name)
        || name.startsWith("._")
        || name.startsWith(".#")
        || name.endsWith("~")
        || name.endsWith(".swp")
        || name.endsWith(".swo");
  }

  private static boolean isTarget(Node folder, Node child) {
    return child.name().equals("target")
        && folder.child("Cargo.toml").isPresent()
        && (child.child("CACHEDIR.TAG").isPresent()
            || child.child(".rustc_info.json").isPresent());
  }

  private static long size(Node node) {
    long own = node.content().map(Spool.Stored::size).orElse(0L);
    return own + node.childrenUnordered().stream().mapToLong(Junk::size).sum();
  }
}
