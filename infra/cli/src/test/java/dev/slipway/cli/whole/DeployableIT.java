package dev.slipway.cli.whole;

import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.slipway.BuildFunction;
import dev.slipway.ConsoleFunction;
import dev.slipway.DeployFunction;
import dev.slipway.MakesEveryClient;
import dev.slipway.NotifyFunction;
import dev.slipway.Settings;
import dev.slipway.cli.laptop.LaptopSetup;
import dev.slipway.local.CloudConfig;
import dev.slipway.local.functions.FunctionCode;
import dev.slipway.local.functions.FunctionSpec;
import dev.slipway.release.Release;
import dev.slipway.release.Stage;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one jar Google Cloud runs. */
final class DeployableIT {

  private static final long MOST_BYTES = 51_000_000;
  private static final Path JAR = Path.of(System.getProperty("slipway.deployable.jar", ""));

  @TempDir Path folder;
  @TempDir Path work;

  @BeforeAll
  static void requireJar() {
    if ("false".equals(System.getProperty("slipway.deployable"))) {
      String reason = "-Dslipway.deployable=false: no deployable jar was packed";
      System.out.println("Skipped, " + reason);
      Assumptions.abort(reason);
    }
    assertThat(JAR).as("packed with the functions module").isRegularFile();
  }

  @Test
  void itIsSmallEnoughAndHoldsTheEntryPointsAndNothingSigned() throws Exception {
    assertThat(Files.size(JAR)).isLessThanOrEqualTo(MOST_BYTES);
    try (JarFile jar = new JarFile(JAR.toFile());
        URLClassLoader loader =
            new URLClassLoader(
                new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      for (Class<?> function :
          List.of(
              BuildFunction.class,
              DeployFunction.class,
              NotifyFunction.class,
              ConsoleFunction.class)) {
        Class<?> packed = loader.loadClass(function.getName());
        assertThat(packed).isNotSameAs(function);
        assertThat(packed.getConstructor()).isNotNull();
      }
      List<String> names = jar.stream().map(ZipEntry::getName).toList();
      assertThat(names)
          .contains("build-templates/cloudbuild.yaml", "build-templates/Dockerfile")
          .doesNotHaveDuplicates()
          .noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|DSA|RSA)"))
          .noneMatch(name -> name.startsWith("dev/slipway/local/"))
          .noneMatch(name -> name.startsWith("org/junit/"));
      assertThat(jar.isMultiRelease()).isTrue();
    }
  }

  @Test
  void everyClientOfGooglesCanBeMadeOfIt() throws Exception {
    Path credentials = Files.writeString(work.resolve("account.json"), serviceAccount());
    Path out = work.resolve("out.txt");
    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            JAR + java.io.File.pathSeparator + FunctionCode.whereabouts(MakesEveryClient.class),
            MakesEveryClient.class.getName());
    program.environment().put("GOOGLE_APPLICATION_CREDENTIALS", credentials.toString());
    program.environment().putAll(environment());
    program.redirectErrorStream(true).redirectOutput(out.toFile());

    Process process = program.start();
    boolean ended = process.waitFor(90, TimeUnit.SECONDS);
    process.destroyForcibly();

    assertThat(Files.readString(out)).contains("made 10");
    assertThat(ended).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static Map<String, String> environment() {
    return Map.of(
        Settings.PROJECT, "acme",
        Settings.REGION, "europe-west1",
        Settings.DATABASE, "web",
        Settings.UPLOAD_BUCKET, "uploads",
        Settings.SOURCE_BUCKET, "sources",
        Settings.REPOSITORY, "europe-west1-docker.pkg.dev/acme/images",
        Settings.RELEASE_TOPIC, "release-events",
        Settings.SLACK_CHANNEL, "C123",
        Settings.SLACK_TOKEN, "xoxb-nobody");
  }

  /** A key file of nobody's. */
  private static String serviceAccount() throws Exception {
    byte[] key =
        KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded();
    JsonObject account = new JsonObject();
    account.addProperty("type", "service_account");
    account.addProperty("project_id", "acme");
    account.addProperty("client_id", "1");
    account.addProperty("client_email", "nobody@acme.iam.gserviceaccount.com");
    account.addProperty("private_key_id", "1");
    account.addProperty(
        "private_key",
        "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
            .formatted(Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(key)));
    account.addProperty("token_uri", "https://oauth2.googleapis.com/token");
    return account.toString();
  }

  @Test
  @Needs(CARGO)
  void itBringsAReleaseLive() throws IOException {
    try (TestCloud cloud =
        TestCloud.start(folder, Duration.ofMillis(300), DeployableIT::hostingTheJar)) {
      Release live = cloud.released(TestCrate.named("deployed"), work);

      assertThat(live.stage()).isInstanceOf(Stage.Live.class);
      assertThat(page(cloud, live)).contains("deployed 1.0.0", "100 %");
      Await.until(
          "a message",
          () ->
              cloud.said(live.id().service()).stream()
                  .anyMatch(message -> message.now().text().contains("live, 100% of traffic")));
    }
  }

  /** What the page says of a release. */
  private static String page(TestCloud cloud, Release release) throws IOException {
    URI address = URI.create(LaptopSetup.page(cloud.cloud().endpoints()) + "releases/" + release.id());
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static CloudConfig hostingTheJar(CloudConfig config) {
    return new CloudConfig(
        config.folder(),
        config.resources(),
        endpoints ->
            config.functions().apply(endpoints).stream().map(DeployableIT::packed).toList(),
        config.time(),
        config.delivery());
  }

  private static FunctionSpec packed(FunctionSpec spec) {
    return new FunctionSpec(
        spec.name(),
        spec.targetClass(),
        spec.signature(),
        new FunctionCode.Deployable(JAR),
        spec.environment());
  }
}
