package dev.slipway.cli.pack;

import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.whole.Needs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is packed of a crate is what the real {@code cargo package --list} names. */
@Needs(CARGO)
final class ParityTest {

  /** What cargo makes up while it packages. */
  private static final Set<String> MADE_UP = Set.of("Cargo.toml.orig", ".cargo_vcs_info.json");

  private static final Map<String, String> FILES =
      Map.ofEntries(
          Map.entry("README.md", "a"),
          Map.entry("build.rs", "fn main() {}"),
          Map.entry("src/gen/x.rs", ""),
          Map.entry("src/gen/deep/y.bin", ""),
          Map.entry("src/data/x.txt", ""),
          Map.entry("data/x.txt", ""),
          Map.entry("data/.hidden", ""),
          Map.entry("a b/ü.txt", ""),
          Map.entry("logs/today.log", ""),
          Map.entry("logs/keep.log", ""),
          Map.entry("inner/Cargo.toml", CrateFolder.PACKAGE.replace("\"a\"", "\"inner\"")),
          Map.entry("inner/src/lib.rs", ""),
          Map.entry("src/target/t.rs", ""),
          Map.entry(".github/workflows/ci.yaml", ""),
          Map.entry("target/debug/a", ""));

  @TempDir Path folder;

  private CrateFolder crate(String more) {
    CrateFolder crate = CrateFolder.crate(folder);
    FILES.forEach(crate::with);
    return crate.with("Cargo.toml", CrateFolder.PACKAGE + more);
  }

  private void isAsCargoHasIt() throws Exception {
    Path list = Files.createTempFile("cargo-list-", ".txt");
    try {
      Process cargo =
          new ProcessBuilder("cargo", "package", "--list", "--allow-dirty", "--offline")
              .directory(folder.toFile())
              .redirectOutput(list.toFile())
              .redirectError(new File(list + ".err"))
              .start();
      assertThat(cargo.waitFor()).as(() -> said(Path.of(list + ".err"))).isZero();
      Set<String> named = new TreeSet<>(Files.readAllLines(list));
      named.removeAll(MADE_UP);

      assertThat(Packing.of(folder, false).paths()).containsExactlyElementsOf(named);
    } finally {
      Files.delete(list);
      Files.deleteIfExists(Path.of(list + ".err"));
    }
  }

  private static String said(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "exclude = [\"data\"]\n",
        "exclude = [\"/data\", \"*.log\", \"!keep.log\"]\n",
        "exclude = [\"**/deep/\", \".github\"]\n",
        "include = [\"src/**/*\", \"build.rs\"]\n",
        "include = [\"/src\", \"*.log\", \"!logs/keep.log\"]\n",
        "include = [\"**/*.rs\"]\nreadme = false\n",
        "include = [\"data/\"]\n",
      })
  void outsideOfACheckout(String more) throws Exception {
    crate(more);

    isAsCargoHasIt();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*.log\n!keep.log\n",
        "/data\n",
        "data/\n",
        "data\n!/data\n",
        "**/deep/\n",
        "src/**/*.bin\n",
        "logs/*\n!logs/keep.log\n",
        "a\\ b/\n",
        "[a-d]*\n!build.rs\n!Cargo.*\n",
        "# only\n\n!data\n",
        "Cargo.lock\n",
      })
  void inACheckoutWithAnIgnoreFile(String ignore) throws Exception {
    CrateFolder crate =
        crate("").with(".gitignore", ignore).with("src/.gitignore", "!x.rs\n/data\n").checkout();
    // Cargo asks git only about a manifest that git follows; we ask in every checkout.
    crate.commit("Cargo.toml");

    isAsCargoHasIt();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "exclude = [\"logs\"]\n", "include = [\"src\", \"data\"]\n"})
  void whereSomeIgnoredFilesAreFollowed(String more) throws Exception {
    CrateFolder crate = crate(more).checkout();
    crate.commit("data/x.txt", "logs/today.log", "Cargo.toml", "src");
    crate.with(".gitignore", "data\n*.log\n");

    isAsCargoHasIt();
  }
}
