package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ElfFactsTest {

  private static final String LOADER = "/lib64/ld-linux-x86-64.so.2";

  @Test
  void seesThatABinaryIsStatic() {
    ElfFacts facts = ElfFacts.read(Elves.elf(null, List.of()));

    assertThat(facts.isStatic()).isTrue();
    assertThat(facts.glibc()).isEmpty();
  }

  @Test
  void readsLoaderLibrariesAndTheHighestGlibc() {
    ElfFacts facts =
        ElfFacts.read(
            Elves.elf(
                LOADER,
                List.of("libc.so.6", "libssl.so.3"),
                "GLIBC_2.2.5",
                "GLIBC_2.34",
                "GLIBC_2.9",
                "GLIBC_PRIVATE",
                "OPENSSL_3.0.0"));

    assertThat(facts.interpreter()).contains(LOADER);
    assertThat(facts.needed()).containsExactly("libc.so.6", "libssl.so.3");
    assertThat(facts.glibc()).contains("2.34");
  }

  @Test
  void readsTheProgramsOfThisMachine() throws IOException {
    Path program = Path.of("/bin/ls");
    if (!Files.exists(program)) {
      System.out.println("skipped: no /bin/ls here");
    }
    Assumptions.assumeTrue(Files.exists(program), "no /bin/ls here");

    ElfFacts facts = ElfFacts.read(ByteBuffer.wrap(Files.readAllBytes(program)));

    assertThat(facts.interpreter()).isPresent();
    assertThat(facts.needed()).isNotEmpty();
  }

  @Test
  void refusesWhatIsNoBinary() {
    assertThatThrownBy(() -> ElfFacts.read(ByteBuffer.wrap(new byte[200])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not an ELF file");
    assertThatThrownBy(() -> ElfFacts.read(ByteBuffer.allocate(0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesADamagedBinaryAndNothingWorse() {
    byte[] whole = Elves.elf(LOADER, List.of("libc.so.6"), "GLIBC_2.34").array();
    Random random = new Random(7);

    for (int i = 0; i < 5000; i++) {
      byte[] damaged = whole.clone();
      for (int j = 0; j < 3; j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(ElfFacts.read(ByteBuffer.wrap(damaged)).needed()).hasSizeLessThan(100);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("ELF file");
      }
    }
  }
}
