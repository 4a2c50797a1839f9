package dev.slipway.local.builds.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.BuildOptions;
import com.google.cloudbuild.v1.BuildOptions.SubstitutionOption;
import com.google.cloudbuild.v1.BuildStep;
import com.google.cloudbuild.v1.Source;
import com.google.cloudbuild.v1.StorageSource;
import com.google.gson.JsonParser;
import dev.slipway.local.builds.BuildCloud;
import dev.slipway.local.time.RealScheduler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs real builds with buildah, of a Dockerfile with the stages of the real one, on a builder that
 * is nothing but busybox: what is tried is the engine, not the compiler.
 */
final class ContainerEngineTest {

  private static final String BUILDER = "localhost/slipway-test-builder";
  private static final String IMAGE = "europe-west1-docker.pkg.dev/laptop/apps/hello:v1";
  private static final Path BUSYBOX = Path.of("/usr/bin/busybox");

  private static final String DOCKERFILE =
      """
      ARG BUILDER
      ARG BASE_IMAGE
      FROM ${BUILDER} AS chef
      ARG BIN=""
      COPY --chmod=0644 <<'FLAGS' /slipway/flags
      greeting=$BIN
      FLAGS
      WORKDIR /app
      FROM chef AS fetched
      RUN ip link | grep -c : >/slipway/links
      FROM fetched AS cooked
      RUN --network=none mkdir /slipway/report; date +%s >/slipway/report/cooked
      FROM cooked AS source
      COPY . .
      FROM source AS built
      RUN --network=none set -eu; . /slipway/flags; \\
          [ "$(ip link | grep -c '^[0-9]')" = 1 ]; \\
          ! grep broken Cargo.toml || { echo "error: it does not compile"; exit 1; }; \\
          mkdir /slipway/root; cp Cargo.toml /slipway/root/app; \\
          echo "glibc.$greeting" >/slipway/report/needed; echo 42 >/slipway/report/bytes
      FROM scratch AS report
      COPY --from=built /slipway/report/ /
      FROM ${BASE_IMAGE} AS runtime
      COPY --from=built /slipway/root/ /
      USER 65532:65532
      ENTRYPOINT ["/app"]
      """;

  @TempDir private Path folder;
  private final BuildCloud.Bucket bucket = new BuildCloud.Bucket();
  private final RealScheduler scheduler = new RealScheduler();
  private BuildCloud cloud;

  @BeforeEach
  void start() {
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
                        Map.of("STATIC", "scratch"),
                        ContainerEngine.passed(System.getenv()),
                        objects,
                        images,
                        clock,
                        scheduler)));
  }

  @AfterEach
  void stop() {
    cloud.close();
    scheduler.close();
  }

  @Test
  void aBuildBecomesAnImageInTheRegistryWithItsReport() throws Exception {
    needsBuildah();

    Build build = run("[package]\n");

    assertThat(build.getStatus()).as(log(build)).isEqualTo(Build.Status.SUCCESS);
    assertThat(build.getResults().getImages(0).getDigest())
        .isEqualTo(cloud.registry.digest(IMAGE));
    String manifest = new String(cloud.registry.manifest(IMAGE), StandardCharsets.UTF_8);
    var layers = JsonParser.parseString(manifest).getAsJsonObject().getAsJsonArray("layers");
    assertThat(layers).isNotEmpty();
    assertThat(build.getResults().getBuildStepOutputsList().getLast().toStringUtf8())
        .contains("\"binaryBytes\":42", "\"needed\":[\"glibc.hello\"]", "\"base\":\"static\"");
    assertThat(build.getTimingMap()).containsOnlyKeys("FETCHSOURCE", "BUILD", "PUSH");
    assertThat(folder.resolve("work")).as("nothing is left behind").isEmptyDirectory();
  }

  @Test
  void theStepThatFailedIsNamed() throws Exception {
    needsBuildah();

    Build build = run("broken\n");

    assertThat(build.getStatus()).isEqualTo(Build.Status.FAILURE);
    assertThat(build.getSteps(1).getStatus()).isEqualTo(Build.Status.FAILURE);
    assertThat(build.getStatusDetail()).contains("'build'", "buildah");
    assertThat(log(build)).contains("error: it does not compile");
  }

  @Test
  void aBuildWithoutADockerfileIsRefused() throws Exception {
    Build build =
        cloud.end(
            cloud.submit(
                Build.newBuilder()
                    .addSteps(BuildStep.newBuilder().setId("build").setName("docker"))
                    .addImages(IMAGE)
                    .build()));

    assertThat(build.getStatus()).isEqualTo(Build.Status.FAILURE);
    assertThat(build.getStatusDetail()).contains("_DOCKERFILE");
  }

  private Build run(String manifest) throws Exception {
    bucket.objects.put("source/hello.tar.gz", archive(manifest));
    return cloud.end(
        cloud.submit(
            Build.newBuilder()
                .setSource(
                    Source.newBuilder()
                        .setStorageSource(
                            StorageSource.newBuilder()
                                .setBucket("source")
                                .setObject("hello.tar.gz")
                                .setGeneration(7)))
                .addSteps(BuildStep.newBuilder().setId("fetch").setName("docker"))
                .addSteps(BuildStep.newBuilder().setId("build").setName("docker"))
                .addImages(IMAGE)
                .putSubstitutions("_DOCKERFILE", packed())
                .putSubstitutions("_BUILDER", BUILDER)
                .putSubstitutions("_BASE", "static")
                .putSubstitutions("_BASE_IMAGE", "registry.invalid/static")
                .putSubstitutions("_BIN", "hello")
                .setOptions(
                    BuildOptions.newBuilder().setSubstitutionOption(SubstitutionOption.ALLOW_LOOSE))
                .build()));
  }

  private static byte[] archive(String manifest) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (var file : Map.of("Cargo.toml", manifest, "Cargo.lock", "").entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length());
        tar.putArchiveEntry(entry);
        tar.write(file.getValue().getBytes(StandardCharsets.UTF_8));
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static String packed() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(DOCKERFILE.getBytes(StandardCharsets.UTF_8));
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private String log(Build build) throws IOException {
    return Files.readString(
        folder.resolve("state/builds").resolve(build.getId()).resolve("log.txt"));
  }

  /** As root, since it works in a plain chroot; and busybox, to have a builder without a registry. */
  private void needsBuildah() throws Exception {
    boolean there =
        System.getProperty("user.name").equals("root")
            && Files.isExecutable(BUSYBOX)
            && Program.BUILDAH.problem().isEmpty()
            && Probe.answers(List.of("unshare", "--net", "--", "true"))
            && made();
    String reason = "needs root, buildah, unshare and a static /usr/bin/busybox";
    if (!there) {
      System.out.println("skipped: " + reason);
    }
    Assumptions.assumeTrue(there, reason);
  }

  private boolean made() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("builder/bin"));
    Files.copy(BUSYBOX, bin.resolve("busybox"));
    assertThat(bin.resolve("busybox").toFile().setExecutable(true)).isTrue();
    for (String tool :
        List.of("sh", "cat", "cp", "mkdir", "date", "grep", "ip")) {
      Files.createSymbolicLink(bin.resolve(tool), Path.of("busybox"));
    }
    Path file = Files.writeString(folder.resolve("Builder"), "FROM scratch\nCOPY . /\n");
    return Probe.answers(
        List.of(
            "buildah", "bud", "--isolation", "chroot", "--layers", "--tag", BUILDER, "--file",
            file.toString(), folder.resolve("builder").toString()));
  }
}
