package dev.slipway.local.builds.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.Build.FailureInfo.FailureType;
import com.google.cloudbuild.v1.BuildOptions;
import com.google.cloudbuild.v1.BuildOptions.SubstitutionOption;
import com.google.cloudbuild.v1.BuildStep;
import com.google.cloudbuild.v1.Source;
import com.google.cloudbuild.v1.StorageSource;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.local.builds.BuildCloud;
import dev.slipway.local.builds.image.Elf;
import dev.slipway.local.builds.work.Folders;
import dev.slipway.local.builds.work.Guard.Limits;
import dev.slipway.local.time.RealScheduler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds tiny crates with this machine's cargo, from archive to digest. */
final class HostEngineTest {

  private static final String TARGET =
      (System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64")
          + "-unknown-linux-gnu";
  private static final String IMAGE = "europe-west1-docker.pkg.dev/laptop/apps/hello";

  @TempDir private Path folder;
  private final BuildCloud.Bucket bucket = new BuildCloud.Bucket();
  private RealScheduler scheduler;
  private BuildCloud cloud;

  @BeforeEach
  void start() {
    start(userWithASecret(), Limits.AMPLE);
  }

  private static Map<String, String> userWithASecret() {
    Map<String, String> environment = new TreeMap<>(System.getenv());
    environment.put("TEAM_SECRET", "hunter2");
    return environment;
  }

  private void start(Map<String, String> environment, Limits limits) {
    scheduler = new RealScheduler();
    Clock clock = Clock.systemUTC();
    cloud =
        new BuildCloud(
            folder.resolve("state"),
            clock,
            scheduler,
            bucket,
            (objects, images) ->
                new HostEngine(
                    folder.resolve("work"),
                    new HostEngine.Peers(objects, images, clock, scheduler),
                    environment,
                    limits));
  }

  @AfterEach
  void stop() {
    cloud.close();
    scheduler.close();
  }

  @Test
  void anArchiveBecomesAnImageWhoseBinaryIsAlwaysTheArchivesOwn() throws Exception {
    needsCargo();

    Build one = run(CrateArchive.printing("one"), "v1", Map.of());
    Build two = run(CrateArchive.printing("two"), "v2", Map.of());
    Build again = run(CrateArchive.printing("one"), "v3", Map.of());

    assertThat(one.getStatus()).as(log(one)).isEqualTo(Build.Status.SUCCESS);
    assertThat(one.getResults().getImages(0).getName()).isEqualTo(IMAGE + ":v1");
    assertThat(one.getResults().getImages(0).hasPushTiming()).isTrue();
    assertThat(cloud.registry.digest(IMAGE + ":v1"))
        .isEqualTo(one.getResults().getImages(0).getDigest());
    assertThat(one.getTimingMap()).containsOnlyKeys("FETCHSOURCE", "BUILD", "PUSH");
    assertThat(one.getSourceProvenance().getFileHashesCount()).isEqualTo(1);
    assertThat(output("v1")).isEqualTo("one\n");
    assertThat(output("v2")).isEqualTo("two\n");
    assertThat(cloud.registry.digest(IMAGE + ":v3"))
        .as("same archive, same digest")
        .isEqualTo(cloud.registry.digest(IMAGE + ":v1"));
    assertThat(again.getId()).isNotEqualTo(one.getId());
    checkFacts(one);
    checkConfig();
    assertThat(two.getSteps(0).getStatus()).isEqualTo(Build.Status.SUCCESS);
  }

  private void checkFacts(Build build) throws IOException {
    JsonObject facts = facts(build);
    assertThat(facts.keySet())
        .containsExactlyInAnyOrder(
            "schema", "bin", "binaryBytes", "interpreter", "needed", "glibc", "base", "toolchain",
            "cacheHit", "fetchSeconds", "testSeconds", "cookSeconds", "buildSeconds",
            "imageSeconds");
    assertThat(facts.get("binaryBytes").getAsLong()).isEqualTo(Files.size(binary("v1")));
    assertThat(facts.get("interpreter").isJsonNull()).isTrue();
    assertThat(facts.getAsJsonArray("needed")).isEmpty();
    assertThat(facts.get("cacheHit").getAsBoolean()).isTrue(); // it has no dependencies
    Elf elf = Elf.read(binary("v1"));
    assertThat(elf.interpreter()).isNull();
    assertThat(elf.glibc()).isNull();
  }

  private static JsonObject facts(Build build) {
    byte[] last = build.getResults().getBuildStepOutputsList().getLast().toByteArray();
    assertThat(last.length).isLessThan(4096);
    return json(last);
  }

  private void checkConfig() throws IOException {
    JsonObject manifest = json(cloud.registry.manifest(IMAGE + ":v1"));
    String digest = manifest.getAsJsonObject("config").get("digest").getAsString();
    JsonObject image = json(Files.readAllBytes(cloud.registry.blob(digest)));
    JsonObject config = image.getAsJsonObject("config");
    assertThat(config.get("User").getAsString()).isEqualTo("65532:65532");
    assertThat(config.getAsJsonArray("Entrypoint").toString()).isEqualTo("[\"/app/hello\"]");
    assertThat(config.getAsJsonObject("ExposedPorts").has("8080/tcp")).isTrue();
    JsonObject labels = config.getAsJsonObject("Labels");
    assertThat(labels.get("org.opencontainers.image.version").getAsString()).isEqualTo("0.0.1");
    assertThat(labels.get("org.opencontainers.image.revision").getAsString()).startsWith("abab");
    assertThat(image.getAsJsonObject("rootfs").getAsJsonArray("diff_ids")).hasSize(2);
  }

  @Test
  void theNextReleaseFindsItsDependenciesCompiledAndIsCompiledItself() throws Exception {
    needsCargo();

    Build one = run(CrateArchive.printing("one").withDependency(), "v1", Map.of());
    Build two = run(CrateArchive.printing("two").withDependency(), "v2", Map.of());

    assertThat(one.getStatus()).as(log(one)).isEqualTo(Build.Status.SUCCESS);
    assertThat(facts(one).get("cacheHit").getAsBoolean()).isFalse();
    assertThat(facts(one).get("cookSeconds").getAsDouble()).isPositive();
    assertThat(facts(two).get("cacheHit").getAsBoolean()).as(log(two)).isTrue();
    assertThat(facts(two).get("cookSeconds").getAsDouble()).isZero();
    assertThat(output("v2")).isEqualTo("two\n");
  }

  @Test
  void afterAnEditCargoIsNotAskedAgainWhatTheArchiveHolds() throws Exception {
    needsCargo();
    CrateArchive crate = CrateArchive.printing("one");
    String manifest = crate.files().get("Cargo.toml");

    Build first = run(crate, "v1", Map.of());
    Build edited = run(CrateArchive.printing("two"), "v2", Map.of());
    Build described =
        run(crate.with("Cargo.toml", manifest + "description = \"says one\"\n"), "v3", Map.of());

    assertThat(log(first)).contains("$ cargo metadata");
    assertThat(log(edited)).doesNotContain("$ cargo metadata");
    assertThat(output("v2")).isEqualTo("two\n");
    assertThat(log(described)).contains("$ cargo metadata");
  }

  @Test
  void aDependencyThatIsGoneSinceTheLastBuildIsFetchedAgain() throws Exception {
    needsCargo();
    needs(Sandbox.onPath("git", System.getenv("PATH")).isPresent(), "needs git");
    Path home = folder.resolve("cargo-home");
    stop();
    Map<String, String> user = userWithASecret();
    user.put("CARGO_HOME", home.toString());
    start(user, Limits.AMPLE);
    Path repository = folder.resolve("dep");
    String commit = GitRepository.of(repository);
    Build one =
        run(CrateArchive.printing("one").withGitDependency(repository, commit), "v1", Map.of());
    assertThat(one.getStatus()).as(log(one)).isEqualTo(Build.Status.SUCCESS);
    Folders.delete(home);

    Build two =
        run(CrateArchive.printing("two").withGitDependency(repository, commit), "v2", Map.of());

    assertThat(two.getStatus()).as(log(two)).isEqualTo(Build.Status.SUCCESS);
    assertThat(log(two)).contains("$ cargo fetch");
    assertThat(output("v2")).isEqualTo("two\n");
  }

  @Test
  void aBuildScriptFindsNothingOfWhatAnEarlierBuildsScriptWrote() throws Exception {
    needsCargo();
    String script =
        """
        fn main() {
            let left = std::path::Path::new(&std::env::var("OUT_DIR").unwrap()).join("left");
            assert!(!left.exists(), "left by an earlier build");
            std::fs::write(left, "x").unwrap();
        }
        """;

    Build one = run(CrateArchive.printing("one").with("build.rs", script), "v1", Map.of());
    Build two = run(CrateArchive.printing("two").with("build.rs", script), "v2", Map.of());

    assertThat(one.getStatus()).as(log(one)).isEqualTo(Build.Status.SUCCESS);
    assertThat(two.getStatus()).as(log(two)).isEqualTo(Build.Status.SUCCESS);
    assertThat(output("v2")).isEqualTo("two\n");
  }

  @Test
  void aCompileErrorReachesTheLogInTheCompilersOwnWords() throws Exception {
    needsCargo();
    CrateArchive broken =
        CrateArchive.printing("x").with("src/main.rs", "fn main() {\n    let n: u8 = greet();\n}\n");

    Build build = run(broken, "v1", Map.of());

    assertThat(build.getStatus()).isEqualTo(Build.Status.FAILURE);
    assertThat(build.getFailureInfo().getType()).isEqualTo(FailureType.USER_BUILD_STEP);
    assertThat(build.getStatusDetail())
        .contains("error[E0425]", "cannot find function `greet`", "src/main.rs:2:17");
    assertThat(log(build))
        .contains(" --> src/main.rs:2:17", "not found in this scope")
        .doesNotContain("\u001b");
  }

  @Test
  void fault41_aBuildScriptGetsNeitherTheNetworkNorTheUsersEnvironment() throws Exception {
    needsCargo();
    needs(Sandbox.probe().describe().startsWith("network off"), "unshare does not work here");
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CrateArchive curious =
          CrateArchive.printing("x")
              .with(
                  "build.rs",
                  """
                  fn main() {
                      assert!(std::net::TcpStream::connect("127.0.0.1:%d").is_err(), "network");
                      assert!(std::env::var("TEAM_SECRET").is_err(), "environment");
                      let own = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
                      std::net::TcpStream::connect(own.local_addr().unwrap()).expect("loopback");
                  }
                  """
                      .formatted(server.getLocalPort()));

      Build build = run(curious, "v1", Map.of());

      assertThat(build.getStatus()).as(log(build)).isEqualTo(Build.Status.SUCCESS);
    }
  }

  @Test
  void aBuildScriptSeesOfTheEnvironmentOnlyWhatCargoNeeds() throws Exception {
    needsCargo();
    CrateArchive curious =
        CrateArchive.printing("x")
            .with(
                "build.rs",
                """
                fn main() {
                    for (name, _) in std::env::vars() {
                        eprintln!("SEEN {name}");
                    }
                    std::process::exit(1);
                }
                """);

    Build build = run(curious, "v1", Map.of());

    List<String> seen =
        log(build)
            .lines()
            .filter(line -> line.strip().startsWith("SEEN "))
            .map(line -> line.strip().substring("SEEN ".length()))
            .toList();
    assertThat(seen)
        .contains("OUT_DIR")
        .allMatch(
            name ->
                name.matches(
                    "(CARGO|RUST|DEP_|SSL_CERT_)\\w*|HOME|PATH|TMPDIR|LANG|LD_LIBRARY_PATH|OUT_DIR"
                        + "|HOST|TARGET|NUM_JOBS|OPT_LEVEL|PROFILE|DEBUG|_|PWD|SHLVL|OLDPWD"));
  }

  @Test
  void fault42_aBuildThatPrintsWithoutEndIsEnded() throws Exception {
    needsCargo();
    CrateArchive loud =
        CrateArchive.printing("x")
            .with(
                "src/main.rs",
                """
                fn main() {}

                #[test]
                fn loud() {
                    loop {
                        use std::io::Write;
                        std::io::stderr().write_all(&[b'x'; 65536]).unwrap();
                    }
                }
                """);

    Build build = run(loud, "v1", Map.of("_RUN_TESTS", "true"));

    assertThat(build.getStatus()).isEqualTo(Build.Status.FAILURE);
    assertThat(build.getStatusDetail()).contains("printed more than its log may hold");
  }

  @Test
  void fault42_aBuildScriptThatFillsTheDiskIsEnded() throws Exception {
    needsCargo();
    stop();
    start(System.getenv(), new Limits(64L << 20, 2000));
    CrateArchive greedy = CrateArchive.printing("x").with("build.rs", script(
        """
        let path = std::path::Path::new(&std::env::var("OUT_DIR").unwrap()).join("huge");
        let mut file = std::fs::File::create(path).unwrap();
        for _ in 0..160 {
            std::io::Write::write_all(&mut file, &vec![b'x'; 1 << 20]).unwrap();
        }
        """));

    Build build = run(greedy, "v1", Map.of());

    assertThat(build.getStatus()).isEqualTo(Build.Status.FAILURE);
    assertThat(build.getStatusDetail()).contains("it wrote more than 64 MiB");
  }

  @Test
  void fault42_aBuildScriptThatStartsProcessesWithoutEndIsEndedWithAllOfThem() throws Exception {
    needsCargo();
    stop();
    start(System.getenv(), new Limits(16L << 30, 20));
    CrateArchive forking = CrateArchive.printing("x").with("build.rs", script(
        """
        for _ in 0..60 {
            let _ = std::process::Command::new("sleep").arg("617").spawn();
        }
        """));

    Build build = run(forking, "v1", Map.of());

    assertThat(build.getStatus()).isEqualTo(Build.Status.FAILURE);
    assertThat(build.getStatusDetail()).contains("it ran more than 20 processes");
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(p -> p.info().commandLine().orElse("").endsWith("sleep 617"));
  }

  @Test
  void fault42_aBuildBesideOneThatIsEndedEndsWell() throws Exception {
    needsCargo();
    stop();
    start(System.getenv(), new Limits(64L << 20, 2000));
    String greedy =
        submit(
            CrateArchive.printing("x").with("build.rs", script(
                """
                let path = std::path::Path::new(&std::env::var("OUT_DIR").unwrap()).join("huge");
                std::fs::write(path, vec![b'x'; 160 << 20]).unwrap();
                """)),
            "greedy",
            Map.of("_SERVICE", "greedy"));
    Build honest = run(CrateArchive.printing("unharmed"), "v1", Map.of());

    assertThat(cloud.end(greedy).getStatusDetail()).contains("it wrote more than 64 MiB");
    assertThat(honest.getStatus()).as(log(honest)).isEqualTo(Build.Status.SUCCESS);
    assertThat(output("v1")).isEqualTo("unharmed\n");
  }

  /** A build script that does something and then never ends. */
  private static String script(String body) {
    return "fn main() {\n%s    loop { std::thread::park(); }\n}\n".formatted(body);
  }

  @Test
  void aDynamicBinaryIsNotShippedOnTheStaticBase() throws Exception {
    needsCargo();

    Build build = run(CrateArchive.printing("x"), "v1", Map.of("_RUSTFLAGS", ""));

    assertThat(build.getStatus()).isEqualTo(Build.Status.FAILURE);
    assertThat(build.getStatusDetail()).contains("libc.so.6", "crt-static");
  }

  @Test
  void aFailingTestKeepsTheImageFromBeingMade() throws Exception {
    needsCargo();
    CrateArchive failing =
        CrateArchive.printing("x")
            .with(
                "src/main.rs",
                """
                fn main() {}

                #[test]
                fn arithmetic() {
                    assert_eq!(1 + 1, 3);
                }
                """);

    Build build = run(failing, "v1", Map.of("_RUN_TESTS", "true"));

    assertThat(build.getStatus()).isEqualTo(Build.Status.FAILURE);
    assertThat(build.getStatusDetail()).contains("'cargo test' failed");
    assertThat(log(build)).contains("test arithmetic ... FAILED");
    assertThat(build.getResults().getImagesCount()).isZero();
  }

  @Test
  void cancellingABuildEndsEveryProcessOfIt() throws Exception {
    needsCargo();
    Path pipe = folder.resolve("pipe");
    needs(mkfifo(pipe), "there is no mkfifo here");
    CrateArchive endless =
        CrateArchive.printing("x")
            .with(
                "build.rs",
                """
                fn main() {
                    use std::io::Write;
                    let mut pipe = std::fs::OpenOptions::new().write(true).open("%s").unwrap();
                    pipe.write_all(b"!").unwrap();
                    std::thread::sleep(std::time::Duration::from_secs(600));
                }
                """
                    .formatted(pipe));
    String id = submit(endless, "v1", Map.of());
    try (InputStream held = Files.newInputStream(pipe)) { // opens once the build script does
      assertThat(held.read()).isEqualTo('!');

      cloud.client.cancelBuild("laptop", id);

      assertThat(held.read()).as("the end comes when the last process is gone").isEqualTo(-1);
    }
    assertThat(cloud.end(id).getStatus()).isEqualTo(Build.Status.CANCELLED);
  }

  @Test
  void anotherKindOfBuildFailsNamingWhatIsMissing() throws Exception {
    Build build =
        Build.newBuilder()
            .addSteps(BuildStep.newBuilder().setName("gcr.io/cloud-builders/docker"))
            .addImages(IMAGE + ":v1")
            .build();

    Build ended = cloud.end(cloud.submit(build));

    assertThat(ended.getStatus()).isEqualTo(Build.Status.FAILURE);
    assertThat(ended.getStatusDetail()).contains("_SERVICE, _PACKAGE, _BIN", "'docker'");
  }

  @Test
  void withoutCargoTheBuildFailsSayingWhatToInstall() throws Exception {
    stop();
    start(Map.of("PATH", "/nonexistent"), Limits.AMPLE);

    Build build = run(CrateArchive.printing("x"), "v1", Map.of());

    assertThat(build.getStatus()).isEqualTo(Build.Status.FAILURE);
    assertThat(build.getStatusDetail()).contains("no cargo", "https://rustup.rs");
  }

  @Test
  void aMissingOrUnusableArchiveIsAFailureToFetch() throws Exception {
    needsCargo();
    CrateArchive noLock = CrateArchive.printing("x");
    Map<String, String> files = new TreeMap<>(noLock.files());
    files.remove("Cargo.lock");

    Build missing = cloud.end(cloud.submit(build("v1", Map.of())));
    Build unusable = run(new CrateArchive(files), "v1", Map.of());
    Build escaping = run(noLock.with("../escaped", "x"), "v1", Map.of());

    assertThat(List.of(missing, unusable, escaping))
        .extracting(build -> build.getFailureInfo().getType())
        .containsOnly(FailureType.FETCH_SOURCE_FAILED);
    assertThat(missing.getStatusDetail()).contains("no such object");
    assertThat(unusable.getStatusDetail()).contains("no Cargo.lock");
    assertThat(escaping.getStatusDetail()).contains("'../escaped' leads out of it");
  }

  private Build run(CrateArchive crate, String tag, Map<String, String> more) throws Exception {
    return cloud.end(submit(crate, tag, more));
  }

  private String submit(CrateArchive crate, String tag, Map<String, String> more) {
    bucket.objects.put("source/" + archive(tag), crate.bytes());
    return cloud.submit(build(tag, more));
  }

  private static String archive(String tag) {
    return "hello-" + tag + ".tar.gz";
  }

  private static Build build(String tag, Map<String, String> more) {
    return Build.newBuilder()
        .addSteps(BuildStep.newBuilder().setName("gcr.io/cloud-builders/docker"))
        .setSource(
            Source.newBuilder()
                .setStorageSource(
                    StorageSource.newBuilder()
                        .setBucket("source")
                        .setObject(archive(tag))
                        .setGeneration(7)))
        .addImages(IMAGE + ":" + tag)
        .putSubstitutions("_SERVICE", "hello")
        .putSubstitutions("_PACKAGE", "hello")
        .putSubstitutions("_BIN", "hello")
        .putSubstitutions("_BASE", "static")
        .putSubstitutions("_TARGET", TARGET)
        .putSubstitutions("_RUSTFLAGS", "-C target-feature=+crt-static")
        .putSubstitutions("_STRIP", "symbols")
        .putSubstitutions("_FEATURES", "")
        .putAllSubstitutions(more)
        .setOptions(
            BuildOptions.newBuilder().setSubstitutionOption(SubstitutionOption.ALLOW_LOOSE))
        .build();
  }

  private String log(Build build) throws IOException {
    return Files.readString(
        folder.resolve("state/builds").resolve(build.getId()).resolve("log.txt"));
  }

  /** Runs the binary of an image and returns what it printed. */
  private String output(String tag) throws Exception {
    Process process = new ProcessBuilder(binary(tag).toString()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return out;
  }

  /** The binary of an image, unpacked. */
  private Path binary(String tag) throws IOException {
    var layers = json(cloud.registry.manifest(IMAGE + ":" + tag)).getAsJsonArray("layers");
    String digest = layers.get(1).getAsJsonObject().get("digest").getAsString();
    try (InputStream in = Files.newInputStream(cloud.registry.blob(digest));
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in))) {
      for (TarArchiveEntry each = tar.getNextEntry(); each != null; each = tar.getNextEntry()) {
        if (each.getName().equals("app/hello")) {
          assertThat(each.getMode() & 0777).isEqualTo(0755);
          Path file = folder.resolve("hello-" + tag);
          Files.write(file, tar.readAllBytes());
          assertThat(file.toFile().setExecutable(true)).isTrue();
          return file;
        }
      }
    }
    throw new AssertionError("the image has no /app/hello");
  }

  private static JsonObject json(byte[] bytes) {
    return JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)).getAsJsonObject();
  }

  private static boolean mkfifo(Path pipe) throws Exception {
    try {
      return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  private static void needsCargo() {
    boolean cargo = Sandbox.onPath("cargo", System.getenv("PATH")).isPresent();
    needs(cargo && System.getProperty("os.name").equals("Linux"), "needs cargo, on Linux");
  }

  private static void needs(boolean condition, String reason) {
    if (!condition) {
      System.out.println("skipped: " + reason);
    }
    Assumptions.assumeTrue(condition, reason);
  }
}
