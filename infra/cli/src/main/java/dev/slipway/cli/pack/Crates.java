package dev.slipway.cli.pack;

import dev.slipway.cli.laptop.Failure;
import dev.slipway.source.CrateManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The crates on this disk: which manifest is where, and what each needs of the others. */
final class Crates {

  static final String MANIFEST = "Cargo.toml";

  private final Map<Path, CrateManifest> read = new HashMap<>();

  /** Whether a folder holds a crate or a workspace. */
  static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(MANIFEST));
  }

  /** The manifest in a folder that has one. */
  CrateManifest in(Path folder) {
    return read.computeIfAbsent(folder, Crates::read);
  }

  private static CrateManifest read(Path folder) {
    Path file = folder.resolve(MANIFEST);
    try {
      return CrateManifest.of(Files.readString(file));
    } catch (IOException | IllegalArgumentException e) {
      throw new Failure("Tried to read %s but failed: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The folder of the workspace a crate belongs to; its own where it is alone. */
  Path root(Path crate) {
    CrateManifest own = in(crate);
    if (own.hasWorkspace()) {
      return crate;
    }
    Optional<Path> said = own.workspaceRoot().map(path -> crate.resolve(path).normalize());
    if (said.isPresent()) {
      if (!isIn(said.get())) {
        throw new Failure(
            "%s says its workspace is %s, but there is no Cargo.toml there. Mend `workspace`."
                .formatted(crate.resolve(MANIFEST), said.get()));
      }
      return said.get();
    }
    for (Path above = crate.getParent(); above != null; above = above.getParent()) {
      if (isIn(above) && in(above).hasWorkspace()) {
        return claims(above, crate) ? above : crate;
      }
    }
    return crate;
  }

  private boolean claims(Path workspace, Path crate) {
    String folder = slashed(workspace.relativize(crate));
    return in(workspace).isMember(folder)
        || (!in(workspace).isExcluded(folder) && needed(workspace).contains(crate));
  }

  /**
   * The folders of all crates that what is in {@code root} needs to be built: the members, and
   * whatever is reached by path from there, wherever it lies.
   */
  Set<Path> needed(Path root) {
    Set<Path> found = new TreeSet<>();
    Deque<Path> left = new ArrayDeque<>();
    left.add(root);
    if (in(root).hasWorkspace()) {
      left.addAll(members(root));
    }
    while (!left.isEmpty()) {
      Path crate = left.removeFirst();
      if (found.add(crate)) {
        in(crate).pathDependencies().stream()
            .map(path -> crate.resolve(path).normalize())
            .filter(Crates::isIn)
            .forEach(left::add);
      }
    }
    return found;
  }

  private Set<Path> members(Path root) {
    Set<Path> members = new TreeSet<>();
    Tree.folders(
        root,
        folder -> {
          String path = slashed(root.relativize(folder));
          if (isIn(folder) && in(root).isMember(path) && !in(root).isExcluded(path)) {
            members.add(folder);
          }
        });
    return members;
  }

  static String slashed(Path path) {
    return path.toString().replace('\\', '/');
  }
}
