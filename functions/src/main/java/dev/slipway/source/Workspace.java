package dev.slipway.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The packages an upload holds, as cargo sees them from its root.
 *
 * @param root the manifest at the root
 * @param members the packages cargo builds, by folder: the root's own and the workspace's
 * @param local these, and every package they reach by path
 */
record Workspace(Manifest root, Map<String, Manifest> members, Map<String, Manifest> local) {

  /** Reads the packages; members and path dependencies that are not there are findings. */
  static Optional<Workspace> read(Manifests manifests, Findings findings) {
    return manifests.in("").map(root -> new Reader(manifests, findings, root).read());
  }

  /** The packages cargo builds when nobody names one, by folder. */
  List<Manifest> defaults() {
    List<String> chosen = root.workspace().texts("default-members");
    if (!chosen.isEmpty()) {
      return members.entrySet().stream()
          .filter(member -> chosen.stream().anyMatch(glob -> matches(glob, member.getKey())))
          .map(Map.Entry::getValue)
          .toList();
    }
    return root.hasPackage() ? List.of(root) : List.copyOf(members.values());
  }

  private static boolean matches(String glob, String folder) {
    return Paths.resolve("", glob).filter(path -> new Glob(path).matches(folder)).isPresent();
  }

  private static final class Reader {

    private static final int MAX_PACKAGES = 1000;

    private final Manifests manifests;
    private final Findings findings;
    private final Manifest root;
    private final Map<String, Manifest> members = new TreeMap<>();
    private final Map<String, Manifest> local = new LinkedHashMap<>();
    private final List<String> excluded = new ArrayList<>();

    Reader(Manifests manifests, Findings findings, Manifest root) {
      this.manifests = manifests;
      this.findings = findings;
      this.root = root;
    }

    Workspace read() {
      for (String path : root.workspace().texts("exclude")) {
        Paths.resolve("", path).ifPresent(excluded::add);
      }
      if (root.hasPackage()) {
        members.put("", root);
      }
      root.workspace().texts("members").forEach(this::addMembers);
      follow();
      return new Workspace(root, members, local);
    }

    private void addMembers(String glob) {
      Optional<String> path = Paths.resolve("", glob);
      if (path.isEmpty()) {
        findings.at(
            "path-outside",
            "Cargo.toml",
            "the workspace member '%s' lies outside the upload: archive the whole workspace"
                .formatted(Shown.text(glob)));
      } else if (!Glob.isGlob(path.get())) {
        addMember(path.get());
      } else {
        Glob pattern = new Glob(path.get());
        folders().stream()
            .filter(folder -> pattern.matches(folder) && !isExcluded(folder))
            .forEach(this::addMember);
      }
    }

    private void addMember(String folder) {
      Optional<Manifest> manifest = manifests.in(folder);
      manifest.ifPresent(member -> members.put(folder, member));
      if (!manifests.exists(folder)) {
        findings.at(
            "missing-member",
            Paths.join(folder, "Cargo.toml"),
            "the workspace names this member, and it is not in the upload");
      }
    }

    private List<String> folders() {
      List<String> folders = new ArrayList<>();
      manifests
          .tree()
          .forEachFile(
              (path, file) -> {
                if (path.endsWith("/Cargo.toml")) {
                  folders.add(path.substring(0, path.lastIndexOf('/')));
                }
              });
      return folders;
    }

    private boolean isExcluded(String folder) {
      return excluded.stream().anyMatch(path -> Paths.isWithin(folder, path));
    }

    /** Goes along path dependencies; within a workspace what they lead to is a member, too. */
    private void follow() {
      Deque<Manifest> left = new ArrayDeque<>(members.values());
      members.forEach(local::put);
      local.putIfAbsent("", root);
      followSubstitutes(left);
      while (!left.isEmpty() && local.size() < MAX_PACKAGES) {
        Manifest manifest = left.removeFirst();
        for (Manifest.Dependency dependency : manifest.dependencies()) {
          reach(manifest, dependency).ifPresent(left::add);
        }
      }
    }

    private void followSubstitutes(Deque<Manifest> left) {
      for (Manifest.Dependency dependency : root.substitutes()) {
        reach(root, dependency).ifPresent(left::add);
      }
    }

    /** The manifest a path dependency leads to, where it was not known. */
    private Optional<Manifest> reach(Manifest from, Manifest.Dependency dependency) {
      if (dependency.path().isEmpty()) {
        return Optional.empty();
      }
      Optional<String> folder = Paths.resolve(from.folder(), dependency.path().get());
      if (folder.isEmpty()) {
        findings.at(
            "path-dependency-outside",
            from.path(),
            "`%s` depends on a path outside the upload ('%s'): archive the workspace it is part"
                    .formatted(
                        Shown.text(dependency.where() + "." + dependency.key()),
                        Shown.text(dependency.path().get()))
                + " of, or depend on a published version");
        return Optional.empty();
      }
      return local.containsKey(folder.get())
          ? Optional.empty()
          : found(from, dependency, folder.get());
    }

    private Optional<Manifest> found(
        Manifest from, Manifest.Dependency dependency, String folder) {
      if (!manifests.exists(folder)) {
        findings.at(
            "path-dependency-missing",
            from.path(),
            "`%s` depends on the path '%s', which is not in the upload: archive it, too"
                .formatted(
                    Shown.text(dependency.where() + "." + dependency.key()),
                    Shown.text(folder)));
        return Optional.empty();
      }
      Optional<Manifest> manifest = manifests.in(folder);
      manifest.ifPresent(
          found -> {
            local.put(folder, found);
            boolean member = root.hasWorkspace() && found.hasPackage() && !isExcluded(folder);
            if (member && !dependency.where().startsWith("patch")) {
              members.put(folder, found);
            }
          });
      return manifest;
    }
  }
}
