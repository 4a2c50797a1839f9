package dev.slipway.local.builds.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ElfTest {

  @Test
  void aDynamicExecutableNamesItsLoaderItsLibrariesAndTheGlibcItNeeds() throws IOException {
    Path program = Path.of("/bin/true");
    boolean linux = Files.exists(program) && System.getProperty("os.name").equals("Linux");
    if (!linux) {
      System.out.println("skipped: there is no /bin/true of Linux here");
    }
    Assumptions.assumeTrue(linux, "there is no /bin/true of Linux here");

    Elf elf = Elf.read(program.toRealPath());

    assertThat(elf.interpreter()).contains("ld-");
    assertThat(elf.needed()).anyMatch(name -> name.startsWith("libc."));
    assertThat(elf.glibc()).matches("2\\.\\d+");
    assertThat(elf.architecture()).isIn("amd64", "arm64");
  }

  @Test
  void aFileThatIsNoElfIsRefused(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("script"), "#!/bin/sh\nexit 0\n");
    Path empty = Files.createFile(folder.resolve("empty"));

    assertThatThrownBy(() -> Elf.read(text)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Elf.read(empty)).isInstanceOf(IOException.class);
  }
}
