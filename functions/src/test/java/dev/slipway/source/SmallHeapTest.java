package dev.slipway.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Limits;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks an archive as large as the limits allow in a JVM of 64 MiB. */
final class SmallHeapTest {

  @TempDir Path folder;

  /** What the small JVM runs. */
  static final class Main {

    private Main() {}

    public static void main(String[] args) {
      Path work = Path.of(args[0]);
      Path packed = work.resolve("upload");
      switch (SourceArchive.check(packed, "big.tar", work, Limits.DEFAULT)) {
        case SourceArchive.Checked.Good good -> System.out.println("accepted " + good.sha256());
        case SourceArchive.Checked.Bad bad -> System.out.println("refused " + bad.findings());
      }
    }
  }

  private void writeArchive() throws IOException {
    Path packed = folder.resolve("upload");
    StringBuilder lock = new StringBuilder(Sample.LOCK);
    for (int i = 0; i < 3000; i++) {
      lock.append("\n[[package]]\nname = \"p%d\"\nversion = \"1.0.0\"\n".formatted(i));
    }
    byte[] noise = new byte[(int) (Limits.DEFAULT.file() * 7 / 8)];
    new Random(1).nextBytes(noise);
    try (OutputStream tar = new BufferedOutputStream(Files.newOutputStream(packed))) {
      tar.write(Sample.crate().with("Cargo.lock", lock.toString()).tar("").open());
      for (int i = 0; i < 6_000; i++) {
        tar.write(new TarBytes().file("d%d/%s".formatted(i % 99, "n".repeat(90) + i), "x").open());
      }
      tar.write(new TarBytes().file("noise1", noise).open());
      tar.write(new TarBytes().file("noise2", noise).tar());
    }
    assertThat(Files.size(packed))
        .isBetween(Limits.DEFAULT.packed() * 8 / 10, Limits.DEFAULT.packed());
  }

  @Test
  void anArchiveOfTheLargestSizeNeedsNoMoreThan64MiB() throws Exception {
    writeArchive();

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();

    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(folder.resolve("log"))).startsWith("accepted ");
  }
}
