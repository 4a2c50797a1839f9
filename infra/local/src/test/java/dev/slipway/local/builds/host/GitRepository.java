package dev.slipway.local.builds.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A repository of one commit that holds the library {@code dep}; made by the machine's git. */
final class GitRepository {

  private GitRepository() {}

  /** Makes it; its commit, 40 hexadecimal digits. */
  static String of(Path folder) throws Exception {
    Files.createDirectories(folder.resolve("src"));
    Files.writeString(
        folder.resolve("Cargo.toml"),
        "[package]\nname = \"dep\"\nversion = \"1.0.0\"\nedition = \"2021\"\n");
    Files.writeString(folder.resolve("src/lib.rs"), "pub fn dep() {}\n");
    git(folder, "init", "-q");
    git(folder, "add", "-A");
    git(folder, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "dep");
    return git(folder, "rev-parse", "HEAD");
  }

  private static String git(Path folder, String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of("git"));
    words.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.strip();
  }
}
