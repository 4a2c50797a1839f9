package dev.slipway.cli.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.laptop.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackingTest {

  private static final String MEMBER =
      "[package]\nname = \"a\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";

  @TempDir Path folder;
  @TempDir Path elsewhere;

  private static Pack pack(CrateFolder crate) {
    return Packing.of(crate.folder(), false);
  }

  private CrateFolder workspace() {
    return new CrateFolder(folder)
        .with("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\nexclude = [\"crates/out\"]\n")
        .with("Cargo.lock", "version = 3\n")
        .with("crates/a/Cargo.toml", MEMBER)
        .with("crates/a/src/main.rs", "fn main() {}\n")
        .with("crates/b/Cargo.toml", MEMBER.replace("\"a\"", "\"b\""))
        .with("crates/b/src/lib.rs", "")
        .with("crates/out/Cargo.toml", MEMBER.replace("\"a\"", "\"out\""))
        .with("crates/out/src/lib.rs", "");
  }

  @Test
  void whatIsBuiltAndWhatGitKeepsIsNotPacked() {
    CrateFolder crate =
        CrateFolder.crate(folder).with("target/debug/a", "an executable").checkout();

    assertThat(pack(crate).paths()).containsExactly("Cargo.lock", "Cargo.toml", "src/main.rs");
  }

  @Test
  void theNearestIgnoreFileWinsAndMayTakeBack() {
    CrateFolder crate =
        CrateFolder.crate(folder)
            .with(".gitignore", "*.log\n/only-here.txt\ndata/\n**/deep/*.bin\n")
            .with("src/.gitignore", "!kept.log\n")
            .with("src/kept.log", "")
            .with("src/only-here.txt", "")
            .with("only-here.txt", "")
            .with("lost.log", "")
            .with("data/x", "")
            .with("src/data/x", "")
            .with("src/x/deep/a.bin", "")
            .checkout();

    assertThat(pack(crate).paths())
        .containsExactly(
            ".gitignore",
            "Cargo.lock",
            "Cargo.toml",
            "src/.gitignore",
            "src/kept.log",
            "src/main.rs",
            "src/only-here.txt");
  }

  @Test
  void theRepositorysOwnPatternsCount() {
    CrateFolder crate =
        CrateFolder.crate(folder).checkout().with(".git/info/exclude", "mine.txt\n").with("mine.txt", "");

    assertThat(pack(crate).paths()).doesNotContain("mine.txt");
  }

  @Test
  void aFileGitFollowsIsPackedThoughItIsIgnored() {
    CrateFolder crate =
        CrateFolder.crate(folder).checkout().with("gen/followed.rs", "").with("gen/other.rs", "");
    crate.commit("gen/followed.rs");
    crate.with(".gitignore", "gen/\n");

    assertThat(pack(crate).paths()).contains("gen/followed.rs").doesNotContain("gen/other.rs");
  }

  @Test
  void theLockFileIsPackedThoughItIsIgnored() {
    CrateFolder crate = CrateFolder.crate(folder).with(".gitignore", "Cargo.lock\n").checkout();

    assertThat(pack(crate).paths()).contains("Cargo.lock");
  }

  @Test
  void aWorkspaceIsPackedWithItsMembersAndWithoutWhatItExcludes() {
    assertThat(pack(workspace().checkout()).paths())
        .contains("Cargo.toml", "crates/a/src/main.rs", "crates/b/src/lib.rs")
        .noneMatch(path -> path.startsWith("crates/out/"));
  }

  @Test
  void aCrateOutsideTheWorkspaceThatAMemberNeedsIsPacked() {
    CrateFolder crate =
        workspace()
            .with("crates/a/Cargo.toml", MEMBER + "[dependencies]\nout = { path = \"../out\" }\n");

    assertThat(pack(crate).paths()).contains("crates/out/src/lib.rs");
  }

  @Test
  void ofAMemberTheWorkspaceIsPackedAndSaidSo() {
    CrateFolder workspace = workspace();

    Pack pack = Packing.of(workspace.folder().resolve("crates/a"), false);

    assertThat(pack.paths()).contains("Cargo.lock", "crates/a/src/main.rs", "crates/b/src/lib.rs");
    assertThat(pack.notes()).singleElement().asString().contains("is a member of the workspace");
  }

  @Test
  void aDependencyOutsideIsRefusedWithTheRemedy() throws IOException {
    new CrateFolder(folder.resolve("b")).with("Cargo.toml", MEMBER);
    CrateFolder crate =
        CrateFolder.crate(folder.resolve("a"))
            .with("Cargo.toml", MEMBER + "[dependencies]\nb = { path = \"../b\" }\n");

    assertThatThrownBy(() -> pack(crate))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(folder.toRealPath().resolve("b").toString())
        .hasMessageContaining("Make a workspace");
  }

  @Test
  void vendoredCratesArePackedWhole() {
    CrateFolder crate =
        CrateFolder.crate(folder)
            .with(".cargo/config.toml", "[source]\n")
            .with("vendor/b/Cargo.toml", MEMBER + "include = [\"src\"]\n")
            .with("vendor/b/.cargo-checksum.json", "{}")
            .with("vendor/b/.hidden", "")
            .with("vendor/b/src/lib.rs", "");

    assertThat(pack(crate).paths())
        .contains(
            ".cargo/config.toml",
            "vendor/b/.cargo-checksum.json",
            "vendor/b/.hidden",
            "vendor/b/src/lib.rs");
  }

  @Test
  void aLinkIsPackedAsWhatItLeadsTo() throws IOException {
    CrateFolder crate = CrateFolder.crate(folder).with("docs/text.md", "text");
    Files.createSymbolicLink(folder.resolve("link.md"), Path.of("docs/text.md"));

    Pack pack = pack(crate);

    assertThat(pack.sizes()).containsEntry("link.md", 4L);
  }

  @Test
  void aLinkThatLeadsOutIsRefused() throws IOException {
    CrateFolder crate = CrateFolder.crate(folder);
    Files.writeString(elsewhere.resolve("secret"), "");
    Files.createSymbolicLink(folder.resolve("link"), elsewhere.resolve("secret"));

    assertThatThrownBy(() -> pack(crate))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("the link link leads out of");
  }

  @Test
  void aLinkBackIsRefused() throws IOException {
    CrateFolder crate = CrateFolder.crate(folder);
    Files.createSymbolicLink(folder.resolve("src/back"), Path.of(".."));

    assertThatThrownBy(() -> pack(crate))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("leads to a folder it lies in");
  }

  @Test
  void whatLooksLikeASecretIsRefusedUnlessAllowed() {
    CrateFolder crate = CrateFolder.crate(folder).checkout().with("tls/server.pem", "").with(".env", "");

    assertThatThrownBy(() -> pack(crate))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(".env, tls/server.pem")
        .hasMessageContaining("--allow-secrets");
    assertThat(Packing.of(folder, true).notes())
        .singleElement()
        .asString()
        .contains(".env, tls/server.pem");
  }

  @Test
  void anIgnoredSecretIsNoneOfOurs() {
    CrateFolder crate =
        CrateFolder.crate(folder).checkout().with(".gitignore", ".env\n").with(".env", "");

    assertThat(pack(crate).paths()).doesNotContain(".env");
  }

  @Test
  void theCommitIsKnownAndWhetherTheFilesAreAsInIt() {
    CrateFolder crate = CrateFolder.crate(folder).checkout();
    String sha1 = crate.commit(".");

    assertThat(pack(crate).commit()).contains(new Pack.Commit(sha1, false, ""));
    crate.with("src/main.rs", "fn main() { }\n");
    assertThat(pack(crate).commit()).contains(new Pack.Commit(sha1, true, ""));
  }

  @Test
  void theCommitNamesWhereTheCrateLies() {
    CrateFolder crate = CrateFolder.crate(folder.resolve("services/a"));
    CrateFolder all = new CrateFolder(folder).checkout();
    String sha1 = all.commit(".");

    assertThat(pack(crate).commit()).contains(new Pack.Commit(sha1, false, "services/a"));
  }

  @Test
  void theSameFilesAreTheSameBytesWheneverTheyWereWritten() throws IOException {
    CrateFolder crate = CrateFolder.crate(folder);
    Path first = elsewhere.resolve("first.tar.gz");
    Path second = elsewhere.resolve("second.tar.gz");
    pack(crate).write(first);

    Files.setLastModifiedTime(folder.resolve("src/main.rs"), FileTime.fromMillis(1));
    pack(crate).write(second);

    assertThat(second).hasSameBinaryContentAs(first);
  }

  @Test
  void aFolderWithoutAManifestIsRefused() {
    assertThatThrownBy(() -> pack(new CrateFolder(folder)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no Cargo.toml");
  }

  @Test
  void aCrateWithoutALockFileIsRefusedWithTheRemedy() throws IOException {
    CrateFolder crate = CrateFolder.crate(folder);
    Files.delete(folder.resolve("Cargo.lock"));

    assertThatThrownBy(() -> pack(crate))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("cargo generate-lockfile");
  }
}
