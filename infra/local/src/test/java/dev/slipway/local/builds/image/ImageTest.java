package dev.slipway.local.builds.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageTest {

  private static final Elf STATIC = new Elf("amd64", null, List.of(), null);

  @TempDir private Path folder;

  @Test
  void theSameBinaryMakesTheSameImageWhateverItsDate() throws IOException {
    Path binary = Files.writeString(folder.resolve("binary"), "code");
    byte[] first = image(binary, "one").manifest();

    Files.setLastModifiedTime(binary, FileTime.fromMillis(0));
    byte[] second = image(binary, "two").manifest();

    assertThat(second).isEqualTo(first);
  }

  @Test
  void anotherBinaryMakesAnotherImage() throws IOException {
    byte[] one = image(Files.writeString(folder.resolve("a"), "code"), "one").manifest();
    byte[] two = image(Files.writeString(folder.resolve("b"), "CODE"), "two").manifest();

    assertThat(one).isNotEqualTo(two);
  }

  private Image image(Path binary, String name) throws IOException {
    Layer base = new Base("static").layer(STATIC, new BaseLayers(folder.resolve(name + "-bases")));
    Layer app = AppLayer.write("hello", binary, folder.resolve(name + "-app.tar.gz"));
    return new Image("amd64", AppLayer.path("hello"), List.of(base, app), Map.of("k", "v"));
  }

  @Test
  void theStaticBaseHasTheAccountOfTheApplicationAndAWritableTmp() throws IOException {
    Layer layer = new Base("static").layer(STATIC, new BaseLayers(folder.resolve("bases")));

    List<TarArchiveEntry> entries = entries(layer);

    assertThat(entries).extracting(TarArchiveEntry::getName).isSorted();
    assertThat(entries)
        .extracting(TarArchiveEntry::getName)
        .contains("etc/", "etc/passwd", "etc/group", "etc/nsswitch.conf", "tmp/");
    assertThat(entries)
        .filteredOn(e -> e.getName().equals("tmp/"))
        .extracting(e -> e.getMode() & 07777)
        .containsExactly(01777);
    assertThat(entries).allMatch(e -> e.getLastModifiedTime().toMillis() == 0);
    assertThat(entries).allMatch(e -> e.getUserName().isEmpty());
  }

  private static List<TarArchiveEntry> entries(Layer layer) throws IOException {
    List<TarArchiveEntry> entries = new ArrayList<>();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(layer.file()));
        TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        entries.add(entry);
      }
    }
    return entries;
  }

  @Test
  void aDynamicBinaryIsRefusedOnTheStaticBaseAndTakenOnCc() {
    Elf dynamic =
        new Elf("amd64", "/lib64/ld-linux-x86-64.so.2", List.of("libgcc_s.so.1", "libc.so.6"), "2.34");

    assertThat(new Base("static").refusal("hello", dynamic))
        .hasValueSatisfying(
            why -> assertThat(why).contains("libgcc_s.so.1, libc.so.6", "crt-static", "'cc'"));
    assertThat(new Base("cc").refusal("hello", dynamic)).isEmpty();
    assertThat(new Base("static").refusal("hello", STATIC)).isEmpty();
  }

  @Test
  void aLibraryTheBaseDoesNotHoldIsNamed() {
    Elf elf = new Elf("amd64", "/lib64/ld.so", List.of("libc.so.6", "libpq.so.5"), "2.34");

    assertThat(new Base("cc").refusal("hello", elf))
        .hasValueSatisfying(why -> assertThat(why).contains("libpq.so.5").contains("'slim'"));
    assertThat(new Base("slim").refusal("hello", elf)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"scratch", "musl", "alpine"})
  void aDynamicBinaryIsRefusedWhereThereIsNoLoader(String base) {
    Elf dynamic = new Elf("amd64", "/lib64/ld-linux-x86-64.so.2", List.of("libc.so.6"), "2.34");

    assertThat(new Base(base).refusal("hello", dynamic))
        .hasValueSatisfying(why -> assertThat(why).contains("'" + base + "'", "crt-static"));
    assertThat(new Base(base).refusal("hello", STATIC)).isEmpty();
  }

  @Test
  void chainguardsBaseHasNoTlsAndSaysWhichHas() {
    Elf elf =
        new Elf("amd64", "/lib64/ld-linux-x86-64.so.2", List.of("libc.so.6", "libssl.so.3"), "2.34");

    assertThat(new Base("chainguard").refusal("hello", elf))
        .hasValueSatisfying(why -> assertThat(why).contains("libssl.so.3", "'cc'"));
    assertThat(new Base("cc").refusal("hello", elf)).isEmpty();
  }

  @Test
  void scratchHoldsNothingAndMuslNoLibrary() throws Exception {
    BaseLayers made = new BaseLayers(folder.resolve("bases"));

    assertThat(entries(new Base("scratch").layer(STATIC, made))).isEmpty();
    assertThat(entries(new Base("musl").layer(STATIC, made)))
        .extracting(TarArchiveEntry::getName)
        .contains("etc/passwd")
        .noneMatch(name -> name.contains(".so"));
  }
}
