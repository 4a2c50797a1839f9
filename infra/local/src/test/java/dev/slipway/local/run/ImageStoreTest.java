package dev.slipway.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.local.run.FolderImages.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unpacking layers, kind and hostile ones. */
final class ImageStoreTest {

  @TempDir Path folder;
  private FolderImages images;
  private ImageStore store;

  @BeforeEach
  void make() {
    images = new FolderImages(folder.resolve("registry"));
    store = new ImageStore(images, folder.resolve("images"));
  }

  private Path unpack(Layer... layers) {
    String image =
        images.push("x", Map.of("Cmd", List.of("a")), Stream.of(layers).map(Layer::bytes).toList());
    return store.unpack(image).root();
  }

  @Test
  void upperLayersReplaceAndRemoveWhatLowerOnesBrought() {
    Path root =
        unpack(
            new Layer().file("etc/a", "1").file("etc/b", "1").file("opt/x/c", "1"),
            new Layer().file("etc/a", "2").file("etc/.wh.b", "").file("opt/x/.wh..wh..opq", "")
                .file("opt/x/d", "2"));

    assertThat(root.resolve("etc/a")).hasContent("2");
    assertThat(root.resolve("etc/b")).doesNotExist();
    assertThat(root.resolve("opt/x/c")).doesNotExist();
    assertThat(root.resolve("opt/x/d")).hasContent("2");
  }

  @Test
  void nothingIsWrittenOutsideWhateverNamesAndLinksSay() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));

    Path root =
        unpack(
            new Layer().file("../../../escape", "x"),
            new Layer()
                .link("way", outside.toString(), TarConstants.LF_SYMLINK)
                .file("way/in", "x")
                .link("up", "../../../..", TarConstants.LF_SYMLINK)
                .file("up/above", "x")
                .link("hard", "../../../registry", TarConstants.LF_SYMLINK));

    assertThat(outside).isEmptyDirectory();
    assertThat(root.resolve("escape")).hasContent("x");
    assertThat(root.resolve("above")).hasContent("x");
    assertThat(folder.resolve("escape")).doesNotExist();
    try (Stream<Path> top = Files.list(folder)) {
      assertThat(top.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("registry", "images", "outside");
    }
  }

  @Test
  void linksInTheImageLeadToPlacesInTheImage() {
    Path root =
        unpack(
            new Layer().folder("usr/bin").link("bin", "/usr/bin", TarConstants.LF_SYMLINK),
            new Layer().file("bin/tool", "t").link("usr/bin/same", "bin/tool", TarConstants.LF_LINK));

    assertThat(root.resolve("usr/bin/tool")).hasContent("t");
    assertThat(root.resolve("usr/bin/same")).hasContent("t");
  }

  @Test
  void devicesAreLeftOutAndNothingIsSetuidOrWritableForOthers() throws IOException {
    Path root =
        unpack(
            new Layer()
                .file("tool", "t".getBytes(java.nio.charset.StandardCharsets.UTF_8), 06777)
                .link("disk", "", TarConstants.LF_BLK));

    assertThat(root.resolve("disk")).doesNotExist();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("tool"))))
        .isEqualTo("rwxr-xr-x");
    assertThat((Integer) Files.getAttribute(root.resolve("tool"), "unix:mode") & 07000).isZero();
  }

  @Test
  void aDigestIsUnpackedOnceAndADamagedBlobLeavesNothing() throws IOException {
    String good = images.push("good", Map.of(), List.of(new Layer().file("a", "1").bytes()));
    store.unpack(good);
    String bad = images.push("bad", Map.of(), List.of(new Layer().file("b", "1").bytes()));
    images.damage();

    assertThat(store.unpack(good).root().resolve("a")).hasContent("1");
    assertThatThrownBy(() -> store.unpack(bad)).isInstanceOf(ImageException.class);
    try (Stream<Path> left = Files.list(folder.resolve("images"))) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void aDigestThatIsAPathIsRefused() {
    assertThatThrownBy(() -> store.unpack("x@sha256:../../etc"))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("not named by a sha256 digest");
  }
}
