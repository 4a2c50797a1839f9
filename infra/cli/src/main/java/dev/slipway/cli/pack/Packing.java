package dev.slipway.cli.pack;

import dev.slipway.cli.laptop.Failure;
import dev.slipway.local.state.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Chooses what of a folder is packed. */
public final class Packing {

  private final Path asked;
  private final boolean secrets;
  private final Crates crates = new Crates();
  private final List<String> notes = new ArrayList<>();

  private Packing(Path asked, boolean secrets) {
    this.asked = asked;
    this.secrets = secrets;
  }

  /**
   * Chooses the files of a crate or a workspace; of a member that cannot be built without its
   * workspace, those of the workspace.
   *
   * @param secrets whether files that look like secrets are packed all the same
   * @throws Failure when it cannot be packed; the message says what to do
   */
  public static Pack of(Path folder, boolean secrets) {
    if (!Crates.isIn(folder)) {
      throw new Failure(
          "Tried to pack %s but it has no Cargo.toml. Name the folder of a crate.".formatted(folder));
    }
    try {
      return new Packing(folder.toRealPath(), secrets).pack();
    } catch (IOException e) {
      throw new Failure("Tried to pack %s but failed: %s".formatted(folder, IoReason.of(e)), e);
    }
  }

  private Pack pack() {
    Path root = crates.root(asked);
    if (!root.equals(asked)) {
      notes.add(
          "%s is a member of the workspace %s, which holds its Cargo.lock: the workspace is packed"
              .formatted(asked.getFileName(), root));
    }
    if (!Files.isRegularFile(root.resolve("Cargo.lock"))) {
      throw new Failure(
          ("Tried to pack %s but it has no Cargo.lock, so its dependencies are not pinned. Run 'cargo"
                  + " generate-lockfile' there.")
              .formatted(root));
    }
    Set<Path> needed = crates.needed(root);
    refuseOutside(root, needed);
    Optional<Checkout> checkout = Checkout.around(root);
    try {
      Optional<Checkout> followed = checkout.filter(c -> !new Ignored(checkout).hides(root));
      SortedMap<String, Path> files =
          new Listing(root, needed, crates, new Ignored(followed)).files();
      refuseSecrets(files.keySet());
      return new Pack(root, files, followed.flatMap(c -> commit(c, root, files)), notes);
    } finally {
      checkout.ifPresent(Checkout::close);
    }
  }

  private void refuseOutside(Path root, Set<Path> needed) {
    List<Path> outside = needed.stream().filter(crate -> !crate.startsWith(root)).toList();
    if (!outside.isEmpty()) {
      throw new Failure(
          ("Tried to pack %s but it depends by path on %s, outside of it. Make a workspace of them:"
                  + " a Cargo.toml in a folder above both, with [workspace] and its members.")
              .formatted(
                  root, outside.stream().map(Path::toString).collect(Collectors.joining(", "))));
    }
  }

  private void refuseSecrets(Set<String> paths) {
    List<String> found = paths.stream().filter(Secrets::isOne).toList();
    if (found.isEmpty()) {
      return;
    }
    String listed = String.join(", ", found);
    if (!secrets) {
      throw new Failure(
          ("Tried to pack %s but this looks like secrets: %s. Put it into .gitignore or `exclude` of"
                  + " Cargo.toml; --allow-secrets packs it all the same.")
              .formatted(asked, listed));
    }
    notes.add("packed although it looks like a secret: " + listed);
  }

  private static Optional<Pack.Commit> commit(
      Checkout checkout, Path root, SortedMap<String, Path> files) {
    String path = Crates.slashed(checkout.root().relativize(root));
    String prefix = path.isEmpty() ? "" : path + "/";
    return checkout
        .head()
        .map(
            sha1 -> {
              var named =
                  files.entrySet().stream()
                      .collect(Collectors.toMap(f -> prefix + f.getKey(), f -> f.getValue()));
              return new Pack.Commit(sha1, checkout.isDirty(named), path);
            });
  }
}
