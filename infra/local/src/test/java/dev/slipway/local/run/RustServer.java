package dev.slipway.local.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The static server the tests run in images: built once from server.rs, kept in target/. */
final class RustServer {

  private RustServer() {}

  /** The program; the test is skipped, saying why, where there is no rustc to build it. */
  static synchronized Path program() {
    try (InputStream in = RustServer.class.getResourceAsStream("server.rs")) {
      byte[] source = in.readAllBytes();
      String sum = HexFormat.of().toHexDigits(java.util.Arrays.hashCode(source));
      Path program = Path.of("target", "run-test-server", "server-" + sum).toAbsolutePath();
      if (!Files.exists(program)) {
        Optional<String> failure = build(source, program);
        failure.ifPresent(why -> System.out.println("SKIPPED: " + why));
        Assumptions.assumeTrue(failure.isEmpty(), failure.orElse(""));
      }
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> build(byte[] source, Path program) throws IOException {
    Files.createDirectories(program.getParent());
    Path file = Files.write(program.resolveSibling("server.rs"), source);
    Path fresh = program.resolveSibling("fresh");
    List<String> command =
        List.of(
            "rustc",
            "-O",
            "-Cstrip=symbols",
            "-Ctarget-feature=+crt-static",
            "--target=" + System.getProperty("os.arch").replace("amd64", "x86_64")
                + "-unknown-linux-gnu",
            file.toString(),
            "-o",
            fresh.toString());
    Process rustc;
    try {
      rustc = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return Optional.of("no rustc to build the test server with (" + e.getMessage() + ")");
    }
    String output = new String(rustc.getInputStream().readAllBytes(), UTF_8);
    try {
      if (rustc.waitFor() != 0) {
        return Optional.of("rustc could not build the static test server: " + output);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE);
    return Optional.empty();
  }
}
