package dev.slipway.local.builds.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {

  private static final Map<String, String> VALUES = Map.of("_BIN", "hello", "_BASE", "cc");

  @TempDir private Path folder;

  @Test
  void itSaysWhatTheBuildTemplatesLastStepSays() throws IOException {
    write("bytes", "928432\n");
    write("interpreter", "/lib64/ld-linux-x86-64.so.2\n");
    write("needed", "libgcc_s.so.1\nlibc.so.6\n");
    write("glibc", "2.34\n");
    write("toolchain", "rustc 1.95.0 (59807616e 2026-04-14)\n");
    write("cooked", "1000\n");
    write("cook", "97\n");
    write("fetch", "2\n");
    write("build", "8\n");

    assertThat(new Report(folder).json(VALUES, 900, 1).toStringUtf8())
        .isEqualTo(
            """
            {"schema":1,"bin":"hello","binaryBytes":928432,\
            "interpreter":"/lib64/ld-linux-x86-64.so.2","needed":["libgcc_s.so.1","libc.so.6"],\
            "glibc":"2.34","base":"cc","toolchain":"rustc 1.95.0 (59807616e 2026-04-14)",\
            "cacheHit":false,"fetchSeconds":2,"testSeconds":0,"cookSeconds":97,"buildSeconds":8,\
            "imageSeconds":1.0}""");
    assertThat(new Report(folder).json(VALUES, 1001, 1).toStringUtf8())
        .contains("\"cacheHit\":true,\"fetchSeconds\":0", "\"cookSeconds\":0");
  }

  @Test
  void aReportTheCrateTamperedWithStaysDataAndShort() throws IOException {
    write("bytes", "99999999999999999999\"}\n");
    write("glibc", "2.34\",\"x\":\"" + "9".repeat(5000));
    Files.createSymbolicLink(folder.resolve("toolchain"), Path.of("/etc/passwd"));

    String json = new Report(folder).json(VALUES, 1, 1).toStringUtf8();

    assertThat(json)
        .contains("\"binaryBytes\":999999999999999,", "\"toolchain\":\"\"")
        .doesNotContain("\"x\"", "root")
        .hasSizeLessThan(4000);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
