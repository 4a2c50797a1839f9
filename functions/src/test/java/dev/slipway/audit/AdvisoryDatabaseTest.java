package dev.slipway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.release.Advisory;
import dev.slipway.release.AdvisoryReport;
import dev.slipway.release.Lock;
import dev.slipway.release.LockedPackage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the small database of the test resources. */
final class AdvisoryDatabaseTest {

  private static final List<String> FILES =
      List.of("TEST-0001.json", "TEST-0002.json", "TEST-0003.json", "TEST-0004.json");
  private static final String CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index";

  static byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String file : FILES) {
        zip.putNextEntry(new ZipEntry("crates/" + file));
        zip.write(content(file));
      }
      zip.putNextEntry(new ZipEntry("README.md"));
      zip.putNextEntry(new ZipEntry("crates/broken.json"));
      zip.write("{\"id\":".getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] tarGz() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (String file : FILES) {
        TarArchiveEntry entry = new TarArchiveEntry(file);
        entry.setSize(content(file).length);
        tar.putArchiveEntry(entry);
        tar.write(content(file));
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] content(String file) throws IOException {
    try (InputStream in = AdvisoryDatabaseTest.class.getResourceAsStream(file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    }
  }

  private static AdvisoryDatabase database() throws IOException {
    return new AdvisoryDatabase("db", OsvArchive.read(new ByteArrayInputStream(zip())));
  }

  private static Lock lock(String... packages) {
    return lockOf(CRATES_IO, packages);
  }

  private static Lock lockOf(String source, String... packages) {
    return new Lock(
        Stream.of(packages)
            .map(text -> text.split(" ", 2))
            .map(p -> new LockedPackage(p[0], p[1], Optional.of(source), Optional.empty()))
            .toList(),
        Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "leaky 1.2.2, TEST-0001",
    "leaky 1.2.3-rc.1, TEST-0001",
    "leaky 1.2.3, ''",
    "leaky 1.9.0, ''",
    "leaky 2.0.0, TEST-0001",
    "leaky 2.1.0, ''",
    "listed 1.0.0, ''",
    "listed 1.0.1, TEST-0004",
    "listed 3.1.0, TEST-0004",
    "listed 3.1.1, ''",
    "forsaken 99.0.0, TEST-0002",
    "innocent 1.0.0, ''",
  })
  void aVersionIsHeldAgainstEveryStretchThatHasTheFault(String locked, String id)
      throws IOException {
    List<Advisory> found = database().report(lock(locked), Optional.empty()).found();

    assertThat(found).extracting(Advisory::id).isEqualTo(id.isEmpty() ? List.of() : List.of(id));
  }

  @Test
  void anAdvisoryIsToldWithItsFixAndItsSeverity() throws IOException {
    AdvisoryReport report =
        database().report(lock("leaky 2.0.5", "forsaken 1.0.0"), Optional.empty());

    assertThat(report.found())
        .extracting(Advisory::toString)
        .containsExactly(
            "TEST-0001 (critical) in leaky 2.0.5, fixed in 2.1.0",
            "TEST-0002 (unmaintained) in forsaken 1.0.0, no fixed version named");
    assertThat(report.found()).extracting(Advisory::informational).containsExactly(false, true);
  }

  @Test
  void whatServesAlreadyIsNotNewEvenInAnotherVersion() throws IOException {
    AdvisoryReport report =
        database()
            .report(lock("leaky 2.0.5", "listed 1.0.1"), Optional.of(lock("leaky 1.0.0")));

    assertThat(report.found())
        .extracting(a -> a.id() + " " + a.isNew())
        .containsExactly("TEST-0004 true", "TEST-0001 false");
    assertThat(report.fresh()).isEqualTo(1);
  }

  @Test
  void aNamesakeFromAnotherRegistryIsAnotherPackage() throws IOException {
    Lock elsewhere = lockOf("registry+https://crates.acme.example/index", "leaky 1.0.0");

    assertThat(database().report(elsewhere, Optional.empty()).found()).isEmpty();
  }

  @Test
  void aTarGzIsReadAsAZipIs() throws IOException {
    assertThat(OsvArchive.read(new ByteArrayInputStream(tarGz())))
        .containsOnlyKeys("leaky", "forsaken", "listed");
  }

  @Test
  void aFaultToldUnderTwoNamesIsToldOnceByRustSecsName() throws IOException {
    byte[] zip =
        zip(
            osv("GHSA-aaaa-bbbb-cccc", "\"CVE-2026-0007\"", "2.0.0", "null"),
            osv("RUSTSEC-2026-0007", "\"CVE-2026-0007\"", "1.5.0", "null"),
            osv("RUSTSEC-2026-0008", "", "3.0.0", "null"));

    AdvisoryDatabase database =
        new AdvisoryDatabase("db", OsvArchive.read(new ByteArrayInputStream(zip)));

    assertThat(database.report(lock("twice 1.0.0"), Optional.empty()).found())
        .extracting(Advisory::toString)
        .containsExactly(
            "RUSTSEC-2026-0007 (unknown) in twice 1.0.0, fixed in 1.5.0",
            "RUSTSEC-2026-0008 (unknown) in twice 1.0.0, fixed in 3.0.0");
    assertThat(database.report(lock("twice 1.9.0"), Optional.empty()).found())
        .as("a version one of the two holds to be affected")
        .extracting(Advisory::id)
        .containsExactly("RUSTSEC-2026-0007", "RUSTSEC-2026-0008");
  }

  @Test
  void whatOneOfTwoNamesCallsAVulnerabilityIsOne() throws IOException {
    byte[] zip =
        zip(
            osv("RUSTSEC-2026-0009", "\"GHSA-dddd-eeee-ffff\"", "2.0.0", "\"unsound\""),
            osv("GHSA-dddd-eeee-ffff", "", "2.0.0", "null"));

    AdvisoryDatabase database =
        new AdvisoryDatabase("db", OsvArchive.read(new ByteArrayInputStream(zip)));

    assertThat(database.report(lock("twice 1.0.0"), Optional.empty()).found())
        .extracting(a -> a.id() + " " + a.severity() + " " + a.informational())
        .containsExactly("RUSTSEC-2026-0009 unknown false");
  }

  private static byte[] zip(String... advisories) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < advisories.length; i++) {
        zip.putNextEntry(new ZipEntry(i + ".json"));
        zip.write(advisories[i].getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static String osv(String id, String aliases, String fixed, String informational) {
    return """
        {"id": "%s", "aliases": [%s], "affected": [{
          "package": {"ecosystem": "crates.io", "name": "twice"},
          "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "%s"}]}],
          "database_specific": {"informational": %s}}]}
        """
        .formatted(id, aliases, fixed, informational);
  }

  @Test
  void anArchiveWithoutAdvisoriesIsNoDatabase() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("README.md"));
    }

    assertThatThrownBy(() -> OsvArchive.read(new ByteArrayInputStream(bytes.toByteArray())))
        .hasMessageContaining("no advisory");
  }

  @Test
  void aFileThatIsTooLargeEndsTheReading() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("bomb.json"));
      zip.write(new byte[2 << 20]);
    }

    assertThatThrownBy(() -> OsvArchive.read(new ByteArrayInputStream(bytes.toByteArray())))
        .hasMessageContaining("too large");
  }
}
