package dev.slipway.cli.pack;

import dev.slipway.cli.laptop.Failure;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/** A git checkout, read without the git program and without changing anything of it. */
final class Checkout implements AutoCloseable {

  private final Repository repository;
  private final Path root;

  private Checkout(Repository repository) throws IOException {
    this.repository = repository;
    root = repository.getWorkTree().toPath().toRealPath();
  }

  /** The checkout a folder lies in, if it does. */
  static Optional<Checkout> around(Path folder) {
    QuietSystem.install();
    FileRepositoryBuilder builder =
        new FileRepositoryBuilder().findGitDir(folder.toFile()).setMustExist(true);
    if (builder.getGitDir() == null) {
      return Optional.empty();
    }
    try {
      Repository repository = builder.build();
      if (repository.isBare()) {
        repository.close();
        return Optional.empty();
      }
      return Optional.of(new Checkout(repository));
    } catch (IOException e) {
      throw new Failure(
          "Tried to read the git repository %s but failed: %s. Is it whole? 'git status' tells."
              .formatted(builder.getGitDir(), e.getMessage()),
          e);
    }
  }

  /** The folder checked out into. */
  Path root() {
    return root;
  }

  /** The files git follows, below the root; these are packed even where they are ignored. */
  NavigableSet<String> tracked() {
    try {
      DirCache index = repository.readDirCache();
      NavigableSet<String> paths = new TreeSet<>();
      for (int i = 0; i < index.getEntryCount(); i++) {
        if (!index.getEntry(i).getFileMode().equals(FileMode.GITLINK)) {
          paths.add(index.getEntry(i).getPathString());
        }
      }
      return paths;
    } catch (IOException e) {
      throw failed("what git follows", e);
    }
  }

  /** The repository's own patterns, that are in no .gitignore. */
  Optional<Rules> ownRules() {
    File common = repository.getCommonDirectory();
    return Rules.in(common.toPath().resolve("info").resolve("exclude"));
  }

  /** The person's patterns for every repository. */
  Optional<Rules> personalRules() {
    String set =
        repository.getConfig().getString(
            ConfigConstants.CONFIG_CORE_SECTION, null, "excludesfile");
    Path home = repository.getFS().userHome().toPath();
    String config = System.getenv("XDG_CONFIG_HOME");
    Path usual =
        (config == null || config.isEmpty() ? home.resolve(".config") : Path.of(config))
            .resolve("git")
            .resolve("ignore");
    return Rules.in(
        set == null
            ? usual
            : set.startsWith("~/") ? home.resolve(set.substring(2)) : root.resolve(set));
  }

  /** The commit that is checked out; none in a repository without any. */
  Optional<String> head() {
    try {
      return Optional.ofNullable(repository.resolve(Constants.HEAD)).map(ObjectId::name);
    } catch (IOException e) {
      throw failed("the commit that is checked out", e);
    }
  }

  /** Whether any of these files is otherwise than in the commit that is checked out. */
  boolean isDirty(Map<String, Path> files) {
    try {
      Map<String, ObjectId> committed = committed();
      try (ObjectInserter hash = new ObjectInserter.Formatter()) {
        for (Map.Entry<String, Path> file : files.entrySet()) {
          byte[] content =
              Files.isSymbolicLink(root.resolve(file.getKey()))
                  ? Files.readSymbolicLink(root.resolve(file.getKey())).toString().getBytes(
                      StandardCharsets.UTF_8)
                  : Files.readAllBytes(file.getValue());
          if (!hash.idFor(Constants.OBJ_BLOB, content).equals(committed.get(file.getKey()))) {
            return true;
          }
        }
      }
      return false;
    } catch (IOException e) {
      throw failed("what the commit holds", e);
    }
  }

  private Map<String, ObjectId> committed() throws IOException {
    ObjectId head = repository.resolve(Constants.HEAD);
    Map<String, ObjectId> blobs = new HashMap<>();
    if (head == null) {
      return blobs;
    }
    try (RevWalk commits = new RevWalk(repository);
        TreeWalk tree = new TreeWalk(repository)) {
      tree.addTree(commits.parseCommit(head).getTree());
      tree.setRecursive(true);
      while (tree.next()) {
        blobs.put(tree.getPathString(), tree.getObjectId(0));
      }
    }
    return blobs;
  }

  private Failure failed(String what, IOException e) {
    return new Failure(
        "Tried to read %s in %s but failed: %s. Is the repository whole? 'git status' tells."
            .formatted(what, root, e.getMessage()),
        e);
  }

  @Override
  public void close() {
    repository.close();
  }
}
