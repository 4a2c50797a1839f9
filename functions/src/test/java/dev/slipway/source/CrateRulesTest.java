package dev.slipway.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Crate;
import dev.slipway.release.CrateSettings;
import dev.slipway.release.Finding;
import dev.slipway.release.RuntimeBase;
import dev.slipway.release.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class CrateRulesTest {

  private static final String SECOND = "fn main() {}";

  @TestFactory
  Stream<DynamicTest> cratesAreRefusedByTheirRule() {
    Map<String, Sample> crates = new TreeMap<>();
    crates.put("lock-broken conflict", Sample.crate().with("Cargo.lock", "<<<<<<< HEAD\n"));
    crates.put("lock-broken", Sample.crate().with("Cargo.lock", "version = \n"));
    crates.put(
        "lock-broken name",
        Sample.crate().with("Cargo.lock", Sample.LOCK + "[[package]]\nname = \"$(x)\"\n"));
    crates.put("lock-version", Sample.crate().with("Cargo.lock", "version = 5\n"));
    crates.put(
        "lock-outdated version",
        Sample.crate().with("Cargo.lock", Sample.LOCK.replace("1.2.3", "1.2.2")));
    crates.put(
        "lock-outdated dependency",
        Sample.crate().manifest("[target.'cfg(unix)'.dependencies]\nlibc = \"0.2\"\n"));
    crates.put("several-binaries", Sample.crate().with("src/bin/second.rs", SECOND));
    crates.put(
        "no-such-binary",
        Sample.crate().manifest("[package.metadata.slipway]\nbinary = \"nope\"\n"));
    crates.put(
        "missing-binary-source",
        Sample.crate().manifest("[[bin]]\nname = \"x\"\npath = \"src/x.rs\"\n"));
    crates.put(
        "required-features",
        Sample.crate()
            .manifest(
                """
                [features]
                server = []
                [[bin]]
                name = "hello"
                path = "src/main.rs"
                required-features = ["server"]
                """));
    crates.put(
        "missing-member", Sample.crate().manifest("[workspace]\nmembers = [\"a\"]\n"));
    crates.put("bad-toml", Sample.crate().manifest("oops"));
    crates.put("edition", Sample.crate().with("Cargo.toml", manifest("2020")));
    crates.put("rust-version", name("hello").manifest("rust-version = \">=1.2; rm\"\n"));
    crates.put("bad-toolchain", Sample.crate().with("rust-toolchain", "nightly; rm -rf /"));
    crates.put(
        "bad-toolchain path",
        Sample.crate().with("rust-toolchain.toml", "[toolchain]\npath = \"/x\"\n"));
    crates.put("settings", settings("binry = \"x\""));
    crates.put(
        "settings workspace", Sample.crate().manifest("[workspace.metadata.slipway]\ntest=true\n"));
    return table(crates);
  }

  @TestFactory
  Stream<DynamicTest> fault38_noneOrAMiscasedManifestIsRefused() {
    Map<String, Sample> crates = new TreeMap<>();
    crates.put("no-manifest", Sample.crate().without("Cargo.toml"));
    crates.put(
        "miscased-manifest",
        Sample.crate().without("Cargo.toml").with("cargo.toml", Sample.MANIFEST));
    return table(crates);
  }

  @TestFactory
  Stream<DynamicTest> fault39_hostileNamesAndVersionsAreRefused() {
    Map<String, Sample> crates = new TreeMap<>();
    crates.put("package-name", named("hel lo"));
    crates.put("package-name service-name shell", named("$(reboot)"));
    crates.put("package-name service-name option", named("-x"));
    crates.put("package-name service-name long", named("a".repeat(300)));
    crates.put("service-name", named("a".repeat(50)));
    crates.put("package-version", version("1.2.3; rm"));
    crates.put("package-version two numbers", version("1.2"));
    return table(crates);
  }

  @TestFactory
  Stream<DynamicTest> fault40_whatCouldNotBeBuiltHereIsRefused() {
    Map<String, Sample> crates = new TreeMap<>();
    crates.put("no-lock", Sample.crate().without("Cargo.lock"));
    crates.put(
        "no-binary", Sample.crate().without("src/main.rs").with("src/lib.rs", "pub fn f() {}"));
    crates.put(
        "path-dependency-outside lock-outdated",
        Sample.crate().manifest("[dependencies]\nx = { path = \"../x\" }\n"));
    crates.put(
        "path-dependency-outside lock-outdated absolute",
        Sample.crate().manifest("[dependencies]\nx = { path = \"/x\" }\n"));
    crates.put(
        "path-dependency-missing",
        Sample.crate().manifest("[patch.crates-io]\nx = { path = \"x\" }\n"));
    crates.put("path-outside", Sample.crate().manifest("[workspace]\nmembers = [\"../a\"]\n"));
    crates.put("path-outside build", name("hello").manifest("build = \"../../build.rs\"\n"));
    return table(crates);
  }

  private static Stream<DynamicTest> table(Map<String, Sample> crates) {
    return crates.entrySet().stream()
        .map(
            crate ->
                DynamicTest.dynamicTest(
                    crate.getKey(),
                    () -> {
                      List<String> rules =
                          Stream.of(crate.getKey().split(" ", -1))
                              .filter(word -> word.contains("-") || word.equals(crate.getKey())
                                  || word.equals("settings") || word.equals("edition"))
                              .toList();
                      assertThat(crate.getValue().refusals()).containsAll(rules);
                    }));
  }

  private static Sample named(String name) {
    return Sample.crate()
        .with("Cargo.toml", Sample.MANIFEST.replace("hello", name))
        .with("Cargo.lock", Sample.LOCK.replace("hello", name));
  }

  private static Sample version(String version) {
    return Sample.crate()
        .with("Cargo.toml", Sample.MANIFEST.replace("1.2.3", version))
        .with("Cargo.lock", Sample.LOCK.replace("1.2.3", version));
  }

  private static Sample name(String name) {
    return named(name);
  }

  private static String manifest(String edition) {
    return Sample.MANIFEST.replace("2021", edition);
  }

  private static Sample settings(String line) {
    return Sample.crate().manifest("[package.metadata.slipway]\n" + line + "\n");
  }

  @Test
  void aRefusedCrateStillNamesTheServiceItWasMeantFor() {
    SourceArchive.Checked checked = Sample.crate().without("Cargo.lock").check();

    assertThat(checked)
        .isInstanceOfSatisfying(
            SourceArchive.Checked.Bad.class,
            bad -> assertThat(bad.service()).isEqualTo(new ServiceName("hello")));
    assertThat(SourceArchive.guess("in/My_App-0.1.0-rc.1.crate")).hasToString("my-app");
    assertThat(SourceArchive.guess("orders-1.2.tar.gz")).hasToString("orders");
  }

  @Test
  void everythingWrongIsSaidAtOnce() {
    Sample crate =
        Sample.crate()
            .without("Cargo.lock")
            .without("src/main.rs")
            .with("rust-toolchain", "x")
            .with(".cargo/config.toml", "[build]\nrustc-wrapper = \"evil\"\n");

    assertThat(crate.refusals())
        .containsExactly("bad-toolchain", "cargo-config", "no-binary", "no-lock");
  }

  @Test
  void aCrateIsDescribed() {
    Crate crate =
        Sample.crate()
            .manifest(
                """
                rust-version = "1.85"
                [dependencies]
                openssl = { version = "0.10", package = "openssl-sys" }
                [features]
                tls = []
                [package.metadata.slipway]
                service = "greeter"
                health = "/health"
                base = "cc"
                profile = "size"
                features = ["tls"]
                default-features = false
                test = true
                job = ["migrate", "--all"]
                """)
            .with(
                "Cargo.lock",
                Sample.LOCK
                    + """
                    [[package]]
                    name = "openssl-sys"
                    version = "0.9.1"
                    source = "registry+https://github.com/rust-lang/crates.io-index"
                    checksum = "00"
                    """)
            .with("rust-toolchain.toml", "[toolchain]\nchannel = \"1.85.0\"\n")
            .with(
                ".cargo_vcs_info.json",
                "{\"git\":{\"sha1\":\"%s\",\"dirty\":true},\"path_in_vcs\":\"a/b\"}"
                    .formatted("a".repeat(40)))
            .accepted();

    assertThat(crate)
        .isEqualTo(
            new Crate(
                new ServiceName("greeter"),
                "hello",
                "1.2.3",
                "2021",
                Optional.of("1.85"),
                Optional.of("1.85.0"),
                "hello",
                Optional.of(new Crate.Commit("a".repeat(40), true, "a/b")),
                2,
                crate.dependencies(),
                List.of("openssl-sys"),
                new CrateSettings(
                    Optional.of("greeter"),
                    Optional.empty(),
                    Optional.of("/health"),
                    Optional.of(RuntimeBase.CC),
                    CrateSettings.Profile.SIZE,
                    List.of("tls"),
                    false,
                    true,
                    List.of("migrate", "--all"))));
  }

  @Test
  void settingsAreStrictAndSuggestWhatWasMeant() {
    Sample crate =
        settings(
            "binry = \"x\"\nprofile = \"siez\"\ntest = \"yes\"\nhealth = 7\nfeatures = [\"q\"]");

    assertThat(Sample.findings(crate.check()))
        .extracting(Finding::message)
        .containsExactlyInAnyOrder(
            "`package.metadata.slipway.health`: it must be a string, not the number 7",
            "`package.metadata.slipway.profile`: it is 'siez'; it must be one of release, size;"
                + " did you mean size?",
            "`package.metadata.slipway.test`: it must be true or false, not the string 'yes'",
            "`package.metadata.slipway.features`: the package has no feature 'q'",
            "`package.metadata.slipway.binry` is no setting: did you mean `binary`?");
  }

  @Test
  void binariesAreFoundAsCargoFindsThem() {
    assertThat(Sample.crate().with("src/bin/b.rs", SECOND).manifest("default-run = \"b\"\n")
            .accepted().binary())
        .isEqualTo("b");
    assertThat(Sample.crate().with("src/bin/c/main.rs", SECOND)
            .manifest("[package.metadata.slipway]\nbinary = \"c\"\n").accepted().binary())
        .isEqualTo("c");
    assertThat(Sample.crate().with("src/bin/b.rs", SECOND).manifest(
                "autobins = false\n[[bin]]\nname = \"own\"\npath = \"src/main.rs\"\n")
            .accepted().binary())
        .isEqualTo("own");
    assertThat(Sample.crate().manifest("[[bin]]\nname = \"own\"\npath = \"src/main.rs\"\n")
            .accepted().binary())
        .isEqualTo("own");
  }

  @Test
  void aPackageNameBecomesAServiceNameInCloudRunsLetters() {
    assertThat(named("My_App").accepted().service()).isEqualTo(new ServiceName("my-app"));
  }

  private static Sample workspace(String more) {
    return new Sample()
        .with(
            "Cargo.toml",
            """
            [workspace]
            members = ["crates/*"]
            exclude = ["crates/old"]
            [workspace.package]
            version = "0.3.0"
            edition = "2024"
            """
                + more)
        .with("crates/old/Cargo.toml", "not even toml")
        .with(
            "crates/api/Cargo.toml",
            """
            [package]
            name = "api"
            version.workspace = true
            edition = { workspace = true }
            [dependencies]
            core = { path = "../core" }
            """)
        .with("crates/api/src/main.rs", Sample.MAIN)
        .with("crates/core/Cargo.toml", "[package]\nname = \"core\"\nversion = \"0.1.0\"\n")
        .with("crates/core/src/lib.rs", "")
        .with(
            "Cargo.lock",
            """
            version = 4
            [[package]]
            name = "api"
            version = "0.3.0"
            [[package]]
            name = "core"
            version = "0.1.0"
            [[package]]
            name = "worker"
            version = "0.3.0"
            """);
  }

  private static String worker(String name, String more) {
    return "[package]\nname = \"%s\"\nversion.workspace = true\n".formatted(name) + more;
  }

  @Test
  void theOnlyBinaryOfAWorkspaceIsServed() {
    Crate crate = workspace("").accepted();

    assertThat(crate.service()).hasToString("api");
    assertThat(crate.version()).isEqualTo("0.3.0");
    assertThat(crate.edition()).isEqualTo("2024");
    assertThat(crate.packages()).isEqualTo(3);
  }

  @Test
  void severalBinariesOfAWorkspaceAreTheirOwnersToChoose() {
    Sample several =
        workspace("")
            .with("crates/worker/Cargo.toml", worker("worker", ""))
            .with("crates/worker/src/main.rs", SECOND);

    assertThat(several.refusals()).containsExactly("several-packages");
    assertThat(
            several.with(
                    "crates/worker/Cargo.toml",
                    worker("worker", "[package.metadata.slipway]\nservice = \"jobs\"\n"))
                .accepted().service())
        .hasToString("jobs");
  }

  @Test
  void fault39_everyMarkedMemberIsAServiceAndNoTwoMayShareAName() {
    Sample several =
        workspace("")
            .with("crates/api/Cargo.toml", worker("api", "[package.metadata.slipway]\n"))
            .with("crates/worker/Cargo.toml", worker("worker", "[package.metadata.slipway]\n"))
            .with("crates/worker/src/main.rs", SECOND);

    assertThat(several.crates()).extracting(Crate::name).containsExactly("api", "worker");

    several.with(
        "crates/worker/Cargo.toml",
        worker("worker", "[package.metadata.slipway]\nservice = \"api\"\n"));
    assertThat(several.refusals()).containsExactly("same-service");
  }

  @TestFactory
  Stream<DynamicTest> fault40_cargoConfigurationIsRefusedKeyByKey() {
    Map<String, String> configs = new TreeMap<>();
    configs.put("build.rustc-wrapper", "[build]\nrustc-wrapper = \"x\"");
    configs.put("build.rustc", "build.rustc = \"x\"");
    configs.put("build.rustflags", "[build]\nrustflags = []");
    configs.put("build.target-dir", "[build]\ntarget-dir = \"x\"");
    configs.put("env", "[env]\nLD_PRELOAD = \"x\"");
    configs.put("unstable", "[unstable]\nbuild-std = []");
    configs.put("include", "include = \"/etc/x\"");
    configs.put("host", "[host]\nrunner = \"x\"");
    configs.put("http.proxy", "[http]\nproxy = \"x\"");
    configs.put("registry.credential-provider", "[registry]\ncredential-provider = \"x\"");
    configs.put(
        "target.x86_64-unknown-linux-gnu.linker",
        "[target.x86_64-unknown-linux-gnu]\nlinker = \"x\"");
    configs.put("target.cfg(unix).runner", "[target.'cfg(unix)']\nrunner = \"x\"");
    configs.put("source.v.directory", "[source.v]\ndirectory = \"/etc\"");
    configs.put("registries.r.token", "[registries.r]\ntoken = \"x\"");
    return configs.entrySet().stream()
        .map(
            config ->
                DynamicTest.dynamicTest(
                    config.getKey(),
                    () -> {
                      Sample crate =
                          Sample.crate().with(".cargo/config.toml", config.getValue());

                      assertThat(Sample.findings(crate.check()))
                          .singleElement()
                          .extracting(Finding::message)
                          .asString()
                          .startsWith("`" + config.getKey() + "` is ");
                    }));
  }

  @Test
  void harmlessCargoConfigurationAndVendoredSourcesPass() {
    String config =
        """
        alias.b = "build"
        [build]
        jobs = 2
        [net]
        retry = 3
        [profile.release]
        lto = true
        [target.x86_64-pc-windows-msvc]
        linker = "rust-lld"
        [source.crates-io]
        replace-with = "vendored-sources"
        [source.vendored-sources]
        directory = "vendor"
        """;

    assertThat(
            Sample.crate()
                .with(".cargo/config.toml", config)
                .with("vendor/x/.cargo-checksum.json", "{}")
                .crates())
        .hasSize(1);
  }

  @Test
  void privateRegistriesAreWarnedOf() {
    Sample crate =
        Sample.crate()
            .with(
                "Cargo.lock",
                Sample.LOCK
                    + "[[package]]\nname = \"x\"\nversion = \"1.0.0\"\n"
                    + "source = \"sparse+https://cargo.example.com/\"\n");

    assertThat(Sample.good(crate.check()).warnings())
        .extracting(Finding::rule)
        .containsExactly("private-registry");
  }
}
