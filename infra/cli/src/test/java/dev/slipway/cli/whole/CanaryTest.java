package dev.slipway.cli.whole;

import static dev.slipway.cli.whole.Needs.Tool.CARGO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.Terminal;
import dev.slipway.cli.laptop.LaptopSetup;
import dev.slipway.release.Release;
import dev.slipway.release.Stage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets planted where a team might leave them, and looked for wherever Slipway writes (I8). */
@Needs(CARGO)
final class CanaryTest {

  private static final String PASSWORD = "canary-of-the-database";
  private static final String KEY = "sk_live_canary0of0the0payments";
  private static final String DOTENV =
      "DATABASE_PASSWORD=%s\nPAYMENTS=%s\n".formatted(PASSWORD, KEY);

  /** Whatever the functions are given in their environment to speak to Slack with. */
  private static final List<String> CANARIES =
      List.of(PASSWORD, KEY, "xoxb-laptop", "the laptop's Slack signs with this");

  @TempDir static Path folder;

  @AutoClose private static TestCloud cloud;

  @TempDir Path work;

  @BeforeAll
  static void start() throws Exception {
    cloud = TestCloud.start(folder, Duration.ofMillis(300));
  }

  @Test
  void fault43_aSecretLeftInTheSourceIsInNoLayer() throws Exception {
    Release live = cloud.released(TestCrate.named("canary").with(".env", DOTENV), work);

    assertThat(live.stage()).isInstanceOf(Stage.Live.class);
    List<Path> layers = files(folder.resolve("registry"));
    assertThat(layers).isNotEmpty();
    assertThat(layers).noneMatch(CanaryTest::sings);
    assertThat(sings(work, DOTENV)).as("a canary is noticed").isTrue();
  }

  @Test
  void fault43_aSecretABuildPrintsIsReadNowhere() throws Exception {
    TestCrate loud =
        TestCrate.named("loud")
            .with(".env", DOTENV)
            .with(
                "build.rs",
                """
                fn main() {
                    println!("cargo:warning={}", std::fs::read_to_string(".env").unwrap().replace('\\n', " "));
                    eprint!("error: {}", std::fs::read_to_string(".env").unwrap());
                    std::process::exit(1);
                }
                """);

    Release failed = cloud.released(loud, work);
    cloud.when(failed.id(), "Slack's word of it", r -> !cloud.said(r.id().service()).isEmpty());

    assertThat(failed.stage().why().orElse("")).contains("DATABASE_PASSWORD");
    String page = LaptopSetup.page(cloud.cloud().endpoints()) + "releases/" + failed.id();
    Terminal terminal = Terminal.of(folder);
    List<String> read = new ArrayList<>(List.of(body(page), body(page + "/log")));
    read.add(terminal.shows("logs", "--release", failed.id().toString()));
    read.add(terminal.shows("explain", failed.id().toString(), "--json"));
    read.add(cloud.said(failed.id().service()).toString());
    assertThat(read).allSatisfy(text -> assertThat(text).doesNotContain(CANARIES));
    assertThat(files(folder)).filteredOn(CanaryTest::sings).allMatch(CanaryTest::mayKnow);
  }

  /** The team's own bucket and its build's workplace hold what the team put there. */
  private static boolean mayKnow(Path file) {
    return Set.of("storage", "build-work", "builds").contains(folder.relativize(file).getName(0).toString());
  }

  private static String body(String address) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
          .body();
    }
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static boolean sings(Path folder, String content) throws IOException {
    return sings(Files.writeString(folder.resolve("known"), content));
  }

  /** Whether a canary is in a file, packed or not. */
  private static boolean sings(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String text = new String(bytes, StandardCharsets.ISO_8859_1) + unpacked(bytes);
      return CANARIES.stream().anyMatch(text::contains);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String unpacked(byte[] bytes) throws IOException {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(gzip.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (ZipException | EOFException notPacked) {
      return "";
    }
  }
}
