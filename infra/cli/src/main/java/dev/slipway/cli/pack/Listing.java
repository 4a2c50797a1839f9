package dev.slipway.cli.pack;

import dev.slipway.cli.laptop.Failure;
import dev.slipway.source.CrateManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a crate, or of a workspace with every crate it needs.
 *
 * <p>Each file belongs to the crate it lies in, and that crate's manifest says whether it is packed.
 * Crates below that nothing needs are left out, as cargo does, but for vendored ones. What steers
 * cargo itself is no part of a package and always packed: Cargo.lock, {@code .cargo/config.toml} and
 * {@code rust-toolchain.toml} at the root.
 */
final class Listing {

  private static final Set<String> STEERING =
      Set.of(
          "Cargo.lock",
          ".cargo/config",
          ".cargo/config.toml",
          "rust-toolchain",
          "rust-toolchain.toml");
  private static final List<String> READMES = List.of("README.md", "README.txt", "README");
  private static final int DEEPEST = 100;

  private final Path root;
  private final Set<Path> needed;
  private final Crates crates;
  private final Ignored ignored;
  private final SortedMap<String, Path> files = new TreeMap<>();

  Listing(Path root, Set<Path> needed, Crates crates, Ignored ignored) {
    this.root = root;
    this.needed = needed;
    this.crates = crates;
    this.ignored = ignored;
  }

  /**
   * One crate's own say, about paths from its folder.
   *
   * @param dots whether what begins with a dot is packed
   */
  private record Owner(
      Path folder, Optional<Rules> include, Rules exclude, Set<String> named, boolean dots) {

    boolean packs(Path path) {
      String name = Crates.slashed(folder.relativize(path));
      if (name.equals(Crates.MANIFEST) || named.contains(name)) {
        return true;
      }
      if (!dots && ("/" + name).contains("/.")) {
        return false;
      }
      return include.map(rules -> rules.match(name)).orElseGet(() -> !exclude.match(name));
    }
  }

  SortedMap<String, Path> files() {
    walk(root, owner(root), false, 0);
    for (String path : STEERING) {
      if (Files.isRegularFile(root.resolve(path))) {
        add(root.resolve(path));
      }
    }
    files.remove(Pack.VCS_INFO);
    return files;
  }

  private Owner owner(Path folder) {
    CrateManifest manifest = crates.in(folder);
    Set<String> named = new HashSet<>(manifest.named());
    if (manifest.hasPackage() && manifest.looksForReadme()) {
      READMES.stream()
          .filter(file -> Files.isRegularFile(folder.resolve(file)))
          .findFirst()
          .ifPresent(named::add);
    }
    return new Owner(
        folder,
        manifest.include().isEmpty()
            ? Optional.empty()
            : Optional.of(Rules.of(manifest.include())),
        Rules.of(manifest.exclude()),
        named,
        ignored.isCheckout() || !manifest.include().isEmpty());
  }

  private void walk(Path folder, Owner owner, boolean onlyTracked, int depth) {
    if (depth > DEEPEST) {
      throw new Failure(
          "Tried to pack %s but folders lie in each other more than %d deep. Does a link lead back?"
              .formatted(folder, DEEPEST));
    }
    for (Path child : Tree.children(folder)) {
      checkLink(child);
      boolean isFolder = Files.isDirectory(child);
      boolean out = onlyTracked || isOut(child, isFolder, owner);
      if (Tree.isNever(child) || (out && !ignored.isTracked(child, isFolder))) {
        continue;
      }
      if (isFolder) {
        enter(child, owner, out, depth + 1);
      } else if (Files.isRegularFile(child) && (isVendored(owner) || owner.packs(child))) {
        add(child);
      }
    }
  }

  /** With {@code include}, git's rules do not count: cargo looks at nothing else then. */
  private boolean isOut(Path path, boolean folder, Owner owner) {
    return owner.include().isEmpty() && ignored.is(path, folder);
  }

  private void enter(Path folder, Owner owner, boolean onlyTracked, int depth) {
    if (!Crates.isIn(folder) || isVendored(owner)) {
      walk(folder, owner, onlyTracked, depth);
    } else if (Files.exists(folder.resolve(".cargo-checksum.json"))) {
      walk(folder, vendored(folder), onlyTracked, depth);
    } else if (needed.contains(folder)) {
      walk(folder, owner(folder), onlyTracked, depth);
    } else {
      walkCratesBelow(folder, depth);
    }
  }

  /** A crate nothing needs may hold one that is needed. */
  private void walkCratesBelow(Path folder, int depth) {
    for (Path crate : needed) {
      Path parent = crate.getParent();
      boolean below = !crate.equals(folder) && crate.startsWith(folder);
      if (below && needed.stream().noneMatch(o -> isBetween(folder, o, crate)) && parent != null) {
        walk(crate, owner(crate), false, depth);
      }
    }
  }

  private static boolean isBetween(Path folder, Path other, Path crate) {
    return !other.equals(crate) && other.startsWith(folder) && crate.startsWith(other);
  }

  /** Cargo checks every file of a vendored crate against a list: all of them stay. */
  private static Owner vendored(Path folder) {
    return new Owner(folder, Optional.empty(), Rules.of(List.of()), Set.of(), true);
  }

  private static boolean isVendored(Owner owner) {
    return Files.exists(owner.folder().resolve(".cargo-checksum.json"));
  }

  private void add(Path file) {
    files.put(Crates.slashed(root.relativize(file)), file);
  }

  /** A link is packed as what it leads to, as cargo does; but it must not lead out. */
  private void checkLink(Path path) {
    if (!Files.isSymbolicLink(path) || Tree.isNever(path)) {
      return;
    }
    try {
      Path real = path.toRealPath();
      if (!real.startsWith(root)) {
        throw refused(path, "leads out of " + root + ", to " + real);
      }
      if (Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS) && path.startsWith(real)) {
        throw refused(path, "leads to a folder it lies in");
      }
    } catch (IOException e) {
      throw refused(path, "leads nowhere");
    }
  }

  private Failure refused(Path link, String why) {
    return new Failure(
        "Tried to pack %s but the link %s %s. Put a copy in its place, or take it away."
            .formatted(root, root.relativize(link), why));
  }
}
