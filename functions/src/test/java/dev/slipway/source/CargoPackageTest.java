package dev.slipway.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.release.Crate;
import dev.slipway.release.Limits;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feeds what the machine's own tools make. */
final class CargoPackageTest {

  @TempDir Path folder;

  private void run(String... command) throws IOException, InterruptedException {
    File log = folder.resolve("log").toFile();
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.resolve("hello").toFile())
              .redirectErrorStream(true)
              .redirectOutput(log)
              .start();
    } catch (IOException e) {
      String reason = "skipped: there is no " + command[0] + " on this machine";
      System.out.println(reason);
      Assumptions.assumeTrue(false, reason);
      throw e;
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log.toPath())).isZero();
  }

  private void write(String path, String content) throws IOException {
    Path file = folder.resolve("hello").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private void writeCrate() throws IOException {
    write("Cargo.toml", Sample.MANIFEST + "description = \"x\"\nlicense = \"MIT\"\n");
    write("src/main.rs", Sample.MAIN);
    write("Cargo.lock", Sample.LOCK);
  }

  @Test
  void aCrateOfCargoPackageIsAccepted() throws Exception {
    writeCrate();
    run("cargo", "package", "--no-verify", "--offline", "--allow-dirty");

    byte[] archive =
        Files.readAllBytes(folder.resolve("hello/target/package/hello-1.2.3.crate"));
    List<Crate> crates =
        Sample.good(Sample.check(archive, "hello-1.2.3.crate", Limits.DEFAULT)).crates();

    assertThat(crates).extracting(Crate::name, Crate::version, Crate::binary)
        .containsExactly(tuple("hello", "1.2.3", "hello"));
  }

  @Test
  void tarsAndZipsOfTheMachineAreAccepted() throws Exception {
    writeCrate();
    write("long/" + "n".repeat(150) + ".txt", "\u00e9");
    for (String format : List.of("gnu", "pax", "ustar")) {
      String file = "../" + format + ".tgz";
      String left = "--exclude=*" + (format.equals("ustar") ? "nnn.txt" : "none");
      run("tar", left, "--format=" + format, "-czf", file, ".");
      byte[] archive = Files.readAllBytes(folder.resolve(format + ".tgz"));
      assertThat(Sample.good(Sample.check(archive)).crates()).as(format).hasSize(1);
    }
    run("zip", "-q", "-r", "../a.zip", ".");
    run("sh", "-c", "zip -q -r - . | cat > ../b.zip");
    for (String zip : List.of("a.zip", "b.zip")) {
      byte[] archive = Files.readAllBytes(folder.resolve(zip));
      assertThat(Sample.good(Sample.check(archive)).crates()).as(zip).hasSize(1);
    }
  }
}
