package dev.slipway.local.builds.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BaseLayersTest {

  @TempDir private Path folder;

  @Test
  void theSameFilesArePackedOnce() throws IOException {
    BaseLayers bases = new BaseLayers(folder.resolve("bases"));
    Path library = Files.writeString(folder.resolve("libc.so.6"), "one");

    Layer first = bases.of(files(library));
    Files.writeString(first.file(), "left alone");
    Layer again = bases.of(files(library));

    assertThat(again).isEqualTo(first);
    assertThat(first.file()).hasContent("left alone");
  }

  @Test
  void anotherFileInItsPlaceMakesAnotherLayerThoughItIsAsLong() throws IOException {
    BaseLayers bases = new BaseLayers(folder.resolve("bases"));
    Path library = Files.writeString(folder.resolve("libc.so.6"), "one");

    Layer first = bases.of(files(library));
    Path next = Files.writeString(folder.resolve("next"), "two");
    Files.setLastModifiedTime(next, Files.getLastModifiedTime(library));
    Files.move(next, library, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Layer second = bases.of(files(library));

    assertThat(second.diffId()).isNotEqualTo(first.diffId());
    assertThat(second.digest()).isEqualTo(Hashing.digest(second.file()));
  }

  @Test
  void aLayerThatWasDeletedIsPackedAgainAndWhatAnEarlierProcessLeftIsNotTaken()
      throws IOException {
    Path library = Files.writeString(folder.resolve("libc.so.6"), "one");
    Layer first = new BaseLayers(folder.resolve("bases")).of(files(library));
    Files.writeString(first.file(), "damaged");

    BaseLayers bases = new BaseLayers(folder.resolve("bases"));
    Layer second = bases.of(files(library));
    Files.delete(second.file());
    Layer third = bases.of(files(library));

    assertThat(second).isEqualTo(first);
    assertThat(Hashing.digest(third.file())).isEqualTo(first.digest());
  }

  private static LayerFiles files(Path library) throws IOException {
    return new LayerFiles().folder("/tmp", 01777, 0).file("/lib/libc.so.6", 0755, library);
  }
}
