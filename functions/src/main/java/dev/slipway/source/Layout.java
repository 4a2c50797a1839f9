package dev.slipway.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where in an archive the crate is: at its root, or in the one folder at its root. Leaves out the
 * {@linkplain Junk junk} first, and then wants plain files and folders only.
 */
final class Layout {

  private static final String MANIFEST = "Cargo.toml";

  private final Node archive;
  private final Findings findings;
  private final Findings warnings;

  Layout(Node archive, Findings findings, Findings warnings) {
    this.archive = archive;
    this.findings = findings;
    this.warnings = warnings;
  }

  /** The node of the crate's root, were the archive in order. */
  static Node strip(Node archive) {
    List<Node> top = archive.children();
    boolean bare = archive.namesake(MANIFEST).isEmpty();
    return bare && top.size() == 1 && top.getFirst().isFolder() ? top.getFirst() : archive;
  }

  /** The root of the crate; nothing, and a finding, where there is none. */
  Optional<Node> root() {
    Junk junk = new Junk(warnings);
    junk.prune(archive, "");
    Node root = strip(archive);
    junk.pruneTarget(root);
    checkKinds(root, "");
    Optional<Node> manifest = root.namesake(MANIFEST);
    if (manifest.isPresent() && !manifest.get().name().equals(MANIFEST)) {
      findings.at("miscased-manifest", manifest.get().name(), "cargo wants it called Cargo.toml");
      return Optional.empty();
    }
    if (manifest.filter(Node::isFile).isEmpty()) {
      reportNoManifest();
      return Optional.empty();
    }
    return Optional.of(root);
  }

  /** A .crate keeps what cargo promises of it: one folder, NAME-VERSION. */
  void checkCrateFolder(Manifests manifests) {
    Optional<Manifest> manifest = manifests.in("");
    if (manifest.isEmpty() || !manifest.get().hasPackage()) {
      return;
    }
    String wanted = manifest.get().name() + "-" + manifest.get().version(manifest.get());
    String found = strip(archive).name();
    if (!found.equals(wanted)) {
      findings.add(
          "wrong-root",
          "a .crate holds one folder '%s', this one '%s': make it with `cargo package`"
              .formatted(Shown.text(wanted), found.isEmpty() ? "/" : Shown.text(found)));
    }
  }

  private void reportNoManifest() {
    List<String> found = new ArrayList<>();
    collectManifests(archive, "", found);
    List<Node> top = archive.children();
    String holds =
        top.isEmpty()
            ? "nothing"
            : Shown.text(String.join(", ", top.stream().limit(5).map(Node::name).toList()));
    String hint =
        found.isEmpty()
            ? "upload a Rust crate"
            : "archive the folder of " + Shown.text(found.getFirst()) + " itself";
    boolean empty = top.isEmpty();
    findings.add(
        empty ? "empty" : found.isEmpty() ? "no-manifest" : "wrong-root",
        "there is no Cargo.toml at the root of the archive, nor in the one folder there (at its"
            + " root: %s): %s".formatted(holds, hint));
  }

  private static void collectManifests(Node folder, String path, List<String> found) {
    for (Node child : folder.children()) {
      String at = Paths.join(path, child.name());
      if (child.isFile() && child.name().equals(MANIFEST)) {
        found.add(at);
      }
      collectManifests(child, at, found);
    }
  }

  private void checkKinds(Node folder, String path) {
    for (Node child : folder.children()) {
      String at = Paths.join(path, child.name());
      child.kind().ifPresent(kind -> checkKind(kind, at));
      if (child.changesUser()) {
        findings.at("setuid", at, "a source file must not be setuid or setgid: run chmod a-s");
      }
      if (EntryPath.isReservedOnWindows(child.name())) {
        warnings.at("reserved-name", at, "Windows cannot hold a file of this name");
      }
      checkKinds(child, at);
    }
  }

  private void checkKind(Entry.Kind kind, String path) {
    switch (kind) {
      case FILE, FOLDER -> {}
      case SYMLINK ->
          findings.at("symlink", path, "symbolic links are not taken: archive the file it means");
      case HARD_LINK ->
          findings.at("hard-link", path, "hard links are not taken: use tar --hard-dereference");
      case DEVICE -> findings.at("device", path, "a device is no source: leave it out");
      case FIFO -> findings.at("fifo", path, "a pipe is no source: leave it out");
      case SPARSE -> findings.at("sparse", path, "sparse files are not taken: use plain tar");
      case UNKNOWN ->
          findings.at("unknown-entry", path, "it is of a kind that is no file: leave it out");
    }
  }
}
