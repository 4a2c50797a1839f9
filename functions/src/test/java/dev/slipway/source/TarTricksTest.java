package dev.slipway.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Limits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A hostile tar for every trick we know, each named after it, and the rule that refuses it. */
final class TarTricksTest {

  private static TarBytes crate() {
    return Sample.crate().tar("");
  }

  private static TarBytes.Header header(String name, char type, long size) {
    return new TarBytes.Header(name, type, size);
  }

  @TestFactory
  Stream<DynamicTest> fault35_namesAreRefusedByTheirRule() {
    Map<String, String> names = new TreeMap<>();
    names.put("../escape.rs", "path-traversal");
    names.put("src/../../escape.rs", "path-traversal");
    names.put("src/..", "path-traversal");
    names.put("/etc/passwd", "absolute-path");
    names.put("C:/windows.rs", "drive-letter");
    names.put("src\\main.rs", "backslash");
    names.put("src/a\nb.rs", "control-character");
    names.put("src/\u202egnp.rs", "control-character");
    names.put("src/\u0085.rs", "control-character");
    names.put("a/".repeat(70) + "b", "path-too-deep");
    return named(names);
  }

  @TestFactory
  Stream<DynamicTest> fault37_namesThatMeetElsewhereAreRefused() {
    Map<String, String> names = new TreeMap<>();
    names.put("SRC/other.rs", "case-duplicate");
    names.put("src/MAIN.rs", "case-duplicate");
    names.put("Cargo.toml/inner", "file-under-file");
    names.put("src/main.rs", "duplicate");
    names.put("./src//main.rs", "duplicate");
    return named(names);
  }

  /** A file of each name, and the rule that refuses it. */
  private static Stream<DynamicTest> named(Map<String, String> names) {
    return names.entrySet().stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name.getValue() + ": " + Shown.text(name.getKey()),
                    () -> {
                      byte[] archive =
                          crate()
                              .pax(TarBytes.record("path", name.getKey()))
                              .file("short", "x")
                              .gz();

                      assertThat(Sample.rules(Sample.check(archive)))
                          .containsExactly(name.getValue());
                    }));
  }

  @TestFactory
  Stream<DynamicTest> fault36_kindsOfEntriesAreRefusedByTheirRule() {
    Map<String, byte[]> tars = new TreeMap<>();
    tars.put("symlink", crate().entry(header("l", '2', 0).with(157, "/etc/passwd")).gz());
    tars.put("hard-link", crate().entry(header("l", '1', 0).with(157, "src/main.rs")).gz());
    tars.put("device", crate().entry(header("d", '3', 0)).gz());
    tars.put("fifo", crate().entry(header("f", '6', 0)).gz());
    tars.put("unknown-entry", crate().entry(header("v", 'V', 0)).gz());
    tars.put("setuid", crate().entry(header("s", '0', 1).mode(04755), new byte[1]).gz());
    tars.put(
        "sparse",
        crate().pax(TarBytes.record("GNU.sparse.major", "1")).file("big", "1\n0\n").gz());
    tars.put(
        "sparse ",
        crate()
            .entry(header("s", 'S', 3).with(257, "ustar  \0").with(482, "\1"))
            .raw(new byte[512])
            .raw(new byte[512])
            .gz());
    return table(tars);
  }

  @TestFactory
  Stream<DynamicTest> fault34_brokenArchivesAreRefused() {
    byte[] tar = crate().tar();
    byte[] gz = TarBytes.gzip(tar);
    Map<String, byte[]> tars = new TreeMap<>();
    tars.put("corrupt checksum", TarBytes.gzip(flip(tar, 0)));
    tars.put("unknown-format wrong checksum", flip(tar, 0));
    tars.put("corrupt size", crate().entry(header("a", '0', 0).with(124, "12345678xyz")).gz());
    tars.put("corrupt crc", flip(gz, gz.length - 6));
    tars.put("corrupt length", flip(gz, gz.length - 1));
    tars.put("truncated gzip", Arrays.copyOf(gz, gz.length / 2));
    tars.put("truncated frame", Arrays.copyOf(gz, gz.length - 3));
    tars.put("truncated no end", TarBytes.gzip(crate().open()));
    tars.put("truncated file", TarBytes.gzip(Arrays.copyOf(tar, 700)));
    tars.put("truncated gzip in gzip", TarBytes.gzip(gz));
    tars.put("empty", new byte[0]);
    tars.put("empty tar", new TarBytes().gz());
    tars.put("empty plain tar", new TarBytes().tar());
    tars.put("unknown-format text", Sample.utf8("hello"));
    tars.put("unknown-format xz", new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0});
    return table(tars);
  }

  @TestFactory
  Stream<DynamicTest> fault37_whatProgramsReadDifferentlyIsRefused() {
    byte[] tar = crate().tar();
    byte[] gz = TarBytes.gzip(tar);
    Map<String, byte[]> tars = new TreeMap<>();
    tars.put(
        "pax-size", crate().pax(TarBytes.record("size", "0")).file("hidden", "payload").gz());
    tars.put(
        "pax-duplicate",
        crate().pax(TarBytes.record("path", "a"), TarBytes.record("path", "b")).file("c", "").gz());
    tars.put(
        "pax-duplicate ",
        crate()
            .pax(TarBytes.record("path", "a"))
            .pax(TarBytes.record("path", "b"))
            .file("c", "")
            .gz());
    tars.put("pax-global", crate().globalPax(TarBytes.record("path", "a")).file("c", "").gz());
    tars.put("pax-name", crate().pax(TarBytes.record("path", "")).file("c", "").gz());
    tars.put("corrupt pax", crate().pax("99 path=a\n").file("c", "").gz());
    tars.put("corrupt pax of nothing", crate().pax(TarBytes.record("path", "a")).gz());
    tars.put(
        "two-names",
        crate().pax(TarBytes.record("path", "a")).longName("b").file("c", "").gz());
    tars.put("two-names GNU", crate().longName("a").longName("b").file("c", "").gz());
    tars.put(
        "base-256 size",
        crate()
            .entry(header("b", '0', 0).with(124, new byte[] {(byte) 0x80, 0, 0, 0, 0, 0, 0, 0}))
            .gz());
    tars.put("size-of-nothing folder", crate().entry(header("d/", '5', 512)).gz());
    tars.put("size-of-nothing old folder", crate().entry(header("d/", '0', 512)).gz());
    tars.put("size-of-nothing link", crate().entry(header("l", '2', 512)).gz());
    tars.put("nul in a name", crate().entry(header("a\0b", '0', 0)).gz());
    tars.put(
        "nul in a pax name", crate().pax(TarBytes.record("path", "a\0b")).file("c", "").gz());
    tars.put("trailing-data tar", TarBytes.gzip(concat(tar, Sample.utf8("more"))));
    tars.put(
        "trailing-data lone zero block",
        TarBytes.gzip(
            concat(crate().open(), new byte[512], new TarBytes().file("hidden", "x").tar())));
    tars.put("trailing-data member", concat(gz, new TarBytes().file("hidden", "x").gz()));
    tars.put("trailing-data garbage", concat(gz, new byte[] {0}));
    tars.put("non-utf8", crate().entry(header("", '0', 0).with(0, "caf\u00e9")).gz());
    return table(tars);
  }

  @Test
  void everyFindingIsReportedAtOnceAndCounted() {
    TarBytes tar = crate().file("../a", "").entry(header("pipe", '6', 0));
    for (int i = 0; i < 500; i++) {
      tar.entry(header("link" + i, '2', 0));
    }

    SourceArchive.Checked checked = Sample.check(tar.gz());

    assertThat(Sample.rules(checked)).containsExactly("fifo", "path-traversal", "symlink");
    assertThat(Sample.findings(checked))
        .hasSizeLessThan(20)
        .anyMatch(f -> f.message().equals("and 490 more of the same kind"));
  }

  @Test
  void namesAreEscapedInFindings() {
    byte[] archive = crate().pax(TarBytes.record("path", "a\u001b[31m\u202e")).file("c", "").gz();

    assertThat(Sample.findings(Sample.check(archive)))
        .extracting(f -> f.entry().orElse(""))
        .containsExactly("a\\u{1B}[31m\\u{202E}");
  }

  @Test
  void namesThatDifferOnlyInUnicodeCompositionAreOneName() {
    byte[] archive = crate().file("src/caf\u00e9.rs", "").file("src/cafe\u0301.rs", "").gz();

    assertThat(Sample.rules(Sample.check(archive))).containsExactly("case-duplicate");
  }

  @Test
  void fault34_aGzipBombIsStoppedByRatioLongBeforeItsEnd() {
    byte[] archive = crate().file("zeros", new byte[24 << 20]).gz();

    assertThat(Sample.rules(Sample.check(archive))).containsExactly("ratio");
  }

  @TestFactory
  Stream<DynamicTest> fault34_limitsAreKept() {
    TarBytes many = crate();
    for (int i = 0; i < 60; i++) {
      many.file("f" + i, "x".repeat(100));
    }
    byte[] archive = many.gz();
    Map<String, Limits> limits = new TreeMap<>();
    limits.put("too-many-entries", new Limits(1 << 20, 1 << 20, 50, 1 << 20, 200, 1024, 64));
    limits.put("too-large", new Limits(1 << 20, 10_000, 500, 1 << 20, 200, 1024, 64));
    limits.put("file-too-large", new Limits(1 << 20, 1 << 20, 500, 90, 200, 1024, 64));
    limits.put("path-too-long", new Limits(1 << 20, 1 << 20, 500, 1 << 20, 200, 8, 64));
    return limits.entrySet().stream()
        .map(
            limit ->
                DynamicTest.dynamicTest(
                    limit.getKey(),
                    () ->
                        assertThat(
                                Sample.rules(Sample.check(archive, "a.tar.gz", limit.getValue())))
                            .contains(limit.getKey())));
  }

  @Test
  void impliedFoldersCountAsEntries() {
    TarBytes tar = crate();
    for (int i = 0; i < 20; i++) {
      tar.file("d%d/e/f/g".formatted(i), "");
    }

    SourceArchive.Checked checked =
        Sample.check(tar.gz(), "a.tar.gz", new Limits(1 << 20, 1 << 20, 60, 1 << 20, 200, 99, 9));

    assertThat(Sample.rules(checked)).containsExactly("too-many-entries");
  }

  @Test
  void aGzipHeaderMayBeAsLongAsItLikes() {
    byte[] plain = crate().gz();
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    archive.writeBytes(Arrays.copyOf(plain, 3));
    archive.write(4 | 8 | 16 | 2);
    archive.writeBytes(Arrays.copyOfRange(plain, 4, 10));
    archive.writeBytes(new byte[] {3, 0, 1, 2, 3});
    archive.writeBytes("n".repeat(100_000).getBytes(StandardCharsets.UTF_8));
    archive.writeBytes(new byte[] {0, 'c', 0, 1, 2});
    archive.writeBytes(Arrays.copyOfRange(plain, 10, plain.length));

    assertThat(Sample.good(Sample.check(archive.toByteArray())).crates()).hasSize(1);
  }

  @Test
  void longNamesOfEitherKindAreRead() {
    String gnu = "src/" + "g".repeat(120) + ".rs";
    String pax = "src/" + "p".repeat(120) + ".rs";
    byte[] archive =
        crate()
            .file(gnu, "")
            .pax(TarBytes.record("path", pax), TarBytes.record("mtime", "1.5"))
            .file("x", "")
            .globalPax(TarBytes.record("comment", "0123456789"))
            .gz();

    assertThat(Sample.good(Sample.check(archive)).crates()).hasSize(1);
  }

  private static Stream<DynamicTest> table(Map<String, byte[]> tars) {
    return tars.entrySet().stream()
        .map(
            tar ->
                DynamicTest.dynamicTest(
                    tar.getKey(),
                    () -> {
                      String rule = tar.getKey().replaceAll(" .*", "");
                      Set<String> rules = Sample.rules(Sample.check(tar.getValue()));
                      assertThat(rules).containsExactly(rule);
                    }));
  }

  private static byte[] flip(byte[] bytes, int at) {
    byte[] flipped = bytes.clone();
    flipped[at] ^= 1;
    return flipped;
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
