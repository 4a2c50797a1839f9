package dev.slipway.local.builds.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.BuildOptions;
import com.google.cloudbuild.v1.BuildOptions.SubstitutionOption;
import com.google.cloudbuild.v1.BuildStep;
import com.google.cloudbuild.v1.Source;
import com.google.cloudbuild.v1.StorageSource;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.local.builds.BuildCloud;
import dev.slipway.local.time.RealScheduler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds a crate with the very Dockerfile of {@code build-templates}, with buildah, on stand-ins for
 * the images of {@code bases}. It takes a minute, so only where it is asked for:
 *
 * <pre>{@code
 * build-templates/stand-ins && mvn verify -pl infra/local -am -Dslipway.dockerfile=true
 * }</pre>
 */
final class DockerfileBuildTest {

  private static final String IMAGE = "europe-west1-docker.pkg.dev/laptop/apps/templated:v1";
  private static final String STAND_IN = "localhost/slipway-stand-in-";
  private static final Map<String, String> BASES =
      Map.of(
          "BUILDER", STAND_IN + "builder",
          "STATIC", STAND_IN + "static",
          "CC", STAND_IN + "cc",
          "SLIM", STAND_IN + "slim",
          "MUSL", STAND_IN + "static",
          "ALPINE", STAND_IN + "alpine",
          "SCRATCH", "scratch");
  private static final List<String> STEPS =
      List.of("prepare", "fetch", "dependencies", "test", "build", "image");

  /** At version 0.0.1, as cargo-chef's placeholders are; with a build script among its dependencies. */
  private static final String MANIFEST =
      """
      [package]
      name = "templated"
      version = "0.0.1"
      edition = "2021"

      [dependencies]
      itoa = "=1.0.18"
      libc = "=0.2.191"
      """;

  private static final String LOCK =
      """
      version = 4

      [[package]]
      name = "itoa"
      version = "1.0.18"
      source = "registry+https://github.com/rust-lang/crates.io-index"
      checksum = "8f42a60cbdf9a97f5d2305f08a87dc4e09308d1276d28c869c684d7777685682"

      [[package]]
      name = "libc"
      version = "0.2.191"
      source = "registry+https://github.com/rust-lang/crates.io-index"
      checksum = "65cd87c9a6d60536580b316ad985726104730a5151c99845f2490428ef91240a"

      [[package]]
      name = "templated"
      version = "0.0.1"
      dependencies = [
       "itoa",
       "libc",
      ]
      """;

  private static final String MAIN =
      """
      fn main() {
          println!("GREETING {} {}", itoa::Buffer::new().format(42), unsafe { libc::getpid() } > 0);
      }

      #[cfg(test)]
      mod tests {
          #[test]
          fn has_the_loopback_and_no_other_network() {
              let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
              std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
              let interfaces = std::fs::read_to_string("/proc/self/net/dev").unwrap();
              assert_eq!(interfaces.lines().filter(|line| line.contains(':')).count(), 1);
          }
      }
      """;

  @TempDir private Path folder;
  private final BuildCloud.Bucket bucket = new BuildCloud.Bucket();
  private final RealScheduler scheduler = new RealScheduler();
  private BuildCloud cloud;

  @BeforeEach
  void start() throws Exception {
    requireStandIns();
    Clock clock = Clock.systemUTC();
    cloud =
        new BuildCloud(
            folder.resolve("state"),
            clock,
            scheduler,
            bucket,
            (objects, images) ->
                new ContainerEngine(
                    folder.resolve("work"),
                    new ContainerEngine.Machine(
                        Program.BUILDAH,
                        BASES,
                        ContainerEngine.passed(System.getenv()),
                        objects,
                        images,
                        clock,
                        scheduler)));
  }

  @AfterEach
  void stop() {
    if (cloud != null) {
      cloud.close();
    }
    scheduler.close();
  }

  private static void requireStandIns() {
    require(reason());
  }

  /** Skips the test for a reason, if there is one, and says so. */
  private static void require(String reason) {
    if (!reason.isEmpty()) {
      System.out.println("skipped: " + reason);
    }
    Assumptions.assumeTrue(reason.isEmpty(), reason);
  }

  private static String reason() {
    if (!Boolean.getBoolean("slipway.dockerfile")) {
      return "building the very Dockerfile takes a minute: ask for it with -Dslipway.dockerfile=true";
    }
    boolean there =
        Probe.answers(List.of("unshare", "--net", "--", "true"))
            && BASES.values().stream()
                .filter(image -> image.startsWith(STAND_IN))
                .allMatch(i -> Probe.answers(List.of("buildah", "inspect", "--type", "image", i)));
    return there
        ? ""
        : "needs root, unshare, buildah and the images build-templates/stand-ins makes with it";
  }

  @Test
  void theCrateAndNotAPlaceholderIsShippedAndItsDependenciesCompileOnce() throws Exception {
    // No two runs of this test alike: the engine keeps the layers of what it has built before.
    String unique = UUID.randomUUID().toString();
    Build first = run("static", MAIN.replace("GREETING", "first " + unique));
    Build second = run("static", MAIN.replace("GREETING", "second " + unique));

    assertThat(first.getStatus()).as(log(first)).isEqualTo(Build.Status.SUCCESS);
    assertThat(second.getStatus()).as(log(second)).isEqualTo(Build.Status.SUCCESS);
    assertThat(output()).isEqualTo("second " + unique + " 42 true\n");
    assertThat(report(second).get("needed").getAsJsonArray()).isEmpty();
    assertThat(report(second).get("cacheHit").getAsBoolean()).isTrue();
    assertThat(report(second).get("binaryBytes").getAsLong()).isEqualTo(Files.size(binary()));
    assertThat(report(second).get("toolchain").getAsString()).startsWith("rustc 1.");
    assertThat(log(second)).contains("Compiling templated").doesNotContain("Compiling libc");
    assertThat(digest(second)).isNotEqualTo(digest(first));
  }

  @Test
  void aDynamicBinaryIsRefusedByTheStaticBaseAndRunsOnTheOtherOne() throws Exception {
    Build refused = run("static", MAIN, Map.of("_RUSTFLAGS", ""));
    Build accepted = run("cc", MAIN, Map.of("_RUSTFLAGS", ""));

    assertThat(refused.getStatus()).isEqualTo(Build.Status.FAILURE);
    assertThat(failedStep(refused)).isEqualTo("build");
    assertThat(log(refused)).contains("error: the base static runs static binaries only", "libc.so.6");
    assertThat(accepted.getStatus()).as(log(accepted)).isEqualTo(Build.Status.SUCCESS);
    assertThat(report(accepted).get("needed").toString()).contains("libc.so.6");
    assertThat(report(accepted).get("glibc").getAsString()).startsWith("2.");
  }

  @Test
  void muslIsFetchedForItsTargetAndRunsWithoutALoader() throws Exception {
    requireBases();
    var musl = Map.of("_RUSTFLAGS", "", "_TARGET", "x86_64-unknown-linux-musl");
    String unique = UUID.randomUUID().toString();

    Build alone = run("musl", MAIN.replace("GREETING", unique), musl);
    String said = output();
    Build alpine = run("alpine", MAIN.replace("GREETING", unique), musl);
    Build glibc = run("alpine", MAIN, Map.of("_RUSTFLAGS", ""));

    assertThat(alone.getStatus()).as(log(alone)).isEqualTo(Build.Status.SUCCESS);
    assertThat(said).isEqualTo(unique + " 42 true\n");
    assertThat(report(alone).get("needed").getAsJsonArray()).isEmpty();
    assertThat(report(alone).get("glibc").getAsString()).isEmpty();
    assertThat(alpine.getStatus()).as(log(alpine)).isEqualTo(Build.Status.SUCCESS);
    assertThat(added()).contains("app", "etc/ssl/certs/ca-certificates.crt");
    assertThat(failedStep(glibc)).isEqualTo("build");
    assertThat(log(glibc)).contains("error: the base alpine has musl, but this binary is linked against glibc");
  }

  private static void requireBases() {
    require(
        Boolean.getBoolean("slipway.dockerfile.bases")
            ? ""
            : "the other bases take minutes more: ask with -Dslipway.dockerfile.bases=true");
  }

  @Test
  void scratchHoldsTheBinaryAloneAndSlimIsGivenWhatTheBinaryLinks() throws Exception {
    requireBases();
    String linked = "#[link(name = \"crypt\")] extern \"C\" { fn crypt_preferred_method() -> *const u8; }\n" + MAIN;
    String calling = linked.replace("fn main() {", "fn main() { assert!(!unsafe { crypt_preferred_method() }.is_null());");

    Build scratch = run("scratch", MAIN);
    List<String> alone = added();
    Build lacking = run("cc", calling, Map.of("_RUSTFLAGS", ""));
    Build slim = run("slim", calling, Map.of("_RUSTFLAGS", ""));

    assertThat(scratch.getStatus()).as(log(scratch)).isEqualTo(Build.Status.SUCCESS);
    assertThat(alone).containsExactly("app");
    assertThat(failedStep(lacking)).isEqualTo("build");
    assertThat(log(lacking)).contains("error: the base cc lacks libcrypt.so.1. Set base = \"slim\"");
    assertThat(slim.getStatus()).as(log(slim)).isEqualTo(Build.Status.SUCCESS);
    assertThat(report(slim).get("needed").toString()).contains("libcrypt.so.1");
    assertThat(added())
        .contains("app", "etc/ssl/certs/ca-certificates.crt")
        .anyMatch(name -> name.endsWith("-linux-gnu/libcrypt.so.1"));
  }

  @Test
  void whatDoesNotCompileEndsTheBuildWithTheCompilersWords() throws Exception {
    Build broken =
        run(
            "static",
            "fn main() { let number: u32 = \"none\"; }\n",
            Map.of("_RUN_TESTS", "false"));

    assertThat(failedStep(broken)).isEqualTo("build");
    assertThat(log(broken)).contains("error[E0308]", "src/main.rs:1:");
  }

  private Build run(String base, String main) throws Exception {
    return run(base, main, Map.of());
  }

  private Build run(String base, String main, Map<String, String> substitutions) throws Exception {
    bucket.objects.put(
        "source/templated.tar.gz",
        archive(Map.of("Cargo.toml", MANIFEST, "Cargo.lock", LOCK, "src/main.rs", main)));
    Map<String, String> values = new TreeMap<>();
    values.put("_DOCKERFILE", packed());
    values.put("_BASE", base);
    values.put("_BASE_IMAGE", "registry.invalid/" + base);
    values.put("_BUILDER", "registry.invalid/builder");
    values.put("_PACKAGE", "templated");
    values.put("_BIN", "templated");
    values.put("_TARGET", "x86_64-unknown-linux-gnu");
    values.put("_PROFILE", "release");
    values.put("_STRIP", "symbols");
    values.put("_RUSTFLAGS", "-C target-feature=+crt-static");
    values.put("_RUN_TESTS", "true");
    values.putAll(substitutions);
    StorageSource source =
        StorageSource.newBuilder()
            .setBucket("source")
            .setObject("templated.tar.gz")
            .setGeneration(7)
            .build();
    Build.Builder build =
        Build.newBuilder()
            .setSource(Source.newBuilder().setStorageSource(source))
            .addImages(IMAGE)
            .putAllSubstitutions(values)
            .setOptions(
                BuildOptions.newBuilder().setSubstitutionOption(SubstitutionOption.ALLOW_LOOSE));
    STEPS.forEach(id -> build.addSteps(BuildStep.newBuilder().setId(id).setName("docker")));
    return cloud.end(cloud.submit(build.build()));
  }

  private static byte[] archive(Map<String, String> files) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (var file : new TreeMap<>(files).entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length());
        tar.putArchiveEntry(entry);
        tar.write(file.getValue().getBytes(StandardCharsets.UTF_8));
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** As the functions hand it over. */
  private static String packed() throws IOException {
    Path root = Path.of(System.getProperty("slipway.root", "../.."));
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      Files.copy(root.resolve("build-templates/Dockerfile"), gzip);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static JsonObject report(Build build) {
    return JsonParser.parseString(
            build.getResults().getBuildStepOutputsList().getLast().toStringUtf8())
        .getAsJsonObject();
  }

  private static String digest(Build build) {
    return build.getResults().getImages(0).getDigest();
  }

  private static String failedStep(Build build) {
    return build.getStepsList().stream()
        .filter(step -> step.getStatus() == Build.Status.FAILURE)
        .map(BuildStep::getId)
        .findFirst()
        .orElse("none");
  }

  /** What the last image's program says. A static one runs anywhere. */
  private String output() throws Exception {
    Process process = new ProcessBuilder(binary().toString()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }

  /** The files of the last image's last layer, the one on top of its base. */
  private List<String> added() throws IOException {
    List<String> names = new ArrayList<>();
    inLastLayer((entry, content) -> names.add(entry.getName()));
    return names;
  }

  /** The program out of the last layer of the image in the registry. */
  private Path binary() throws IOException {
    Path file = folder.resolve("app");
    inLastLayer(
        (entry, content) -> {
          if (entry.getName().equals("app")) {
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
          }
        });
    assertThat(file).as("/app in the last layer").exists();
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private interface Look {
    void at(TarArchiveEntry entry, InputStream content) throws IOException;
  }

  private void inLastLayer(Look look) throws IOException {
    String manifest = new String(cloud.registry.manifest(IMAGE), StandardCharsets.UTF_8);
    var layers = JsonParser.parseString(manifest).getAsJsonObject().getAsJsonArray("layers");
    String layer =
        layers.get(layers.size() - 1).getAsJsonObject().get("digest").getAsString();
    try (var tar =
        new TarArchiveInputStream(
            new GZIPInputStream(Files.newInputStream(cloud.registry.blob(layer))))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile()) {
          look.at(entry, tar);
        }
      }
    }
  }

  private String log(Build build) throws IOException {
    return Files.readString(
        folder.resolve("state/builds").resolve(build.getId()).resolve("log.txt"));
  }
}
