package dev.slipway.cli.pack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/** A folder with a crate in it, written for a test. */
record CrateFolder(Path folder) {

  static final String PACKAGE = "[package]\nname = \"a\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";

  static CrateFolder crate(Path folder) {
    return new CrateFolder(folder)
        .with("Cargo.toml", PACKAGE)
        .with("Cargo.lock", "version = 3\n\n[[package]]\nname = \"a\"\nversion = \"0.1.0\"\n")
        .with("src/main.rs", "fn main() {}\n");
  }

  CrateFolder with(String file, String text) {
    try {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes it a checkout in which nothing is committed yet. */
  CrateFolder checkout() {
    QuietSystem.install();
    try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
      git.getRepository().getConfig().setBoolean("commit", null, "gpgsign", false);
      return this;
    } catch (GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Commits files, ignored or not; returns the commit. */
  String commit(String... patterns) {
    try (Git git = Git.open(folder.toFile())) {
      var add = git.add();
      for (String pattern : patterns) {
        add.addFilepattern(pattern);
      }
      add.call();
      return git.commit()
          .setMessage("a commit")
          .setAuthor("a", "a@example.com")
          .setCommitter("a", "a@example.com")
          .call()
          .name();
    } catch (GitAPIException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
