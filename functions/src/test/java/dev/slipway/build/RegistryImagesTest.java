package dev.slipway.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.release.Image;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryImagesTest {

  private static final ReleaseId RELEASE = new ReleaseId(new ServiceName("hello"), "0123456789ab");
  private static final String DIGEST = "sha256:" + "aa".repeat(32);
  private static final String BASE = "sha256:" + "bb".repeat(32);
  private static final String APP = "sha256:" + "cc".repeat(32);
  private static final String PLATFORM = "sha256:" + "dd".repeat(32);
  private static final String GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";
  private static final String PATH = "/v2/acme/services/hello";

  private final Map<String, byte[]> contents = new HashMap<>();
  private final Map<String, String> redirects = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private int failures;
  private HttpServer server;
  private String host;
  private RegistryImages images;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    host = "127.0.0.1:" + server.getAddress().getPort();
    images =
        new RegistryImages(
            new Registry(() -> Optional.of("token-1")), host + "/acme/services", "europe-west1");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void addsUpWhatIsStoredAndWhatItUnpacksTo() throws IOException {
    manifest(DIGEST, layer(BASE, 300, GZIP), layer(APP, 200, GZIP));
    blob(BASE, 10_000);
    blob(APP, 5_000);

    Image image = images.measure(RELEASE, DIGEST);

    assertThat(image)
        .isEqualTo(
            new Image(
                host + "/acme/services/hello",
                DIGEST,
                510,
                15_000,
                List.of(new Image.Layer(BASE, 300, 10_000), new Image.Layer(APP, 200, 5_000))));
  }

  @Test
  void unpacksABaseOnlyOnce() throws IOException {
    manifest(DIGEST, layer(BASE, 300, GZIP));
    blob(BASE, 10_000);

    images.measure(RELEASE, DIGEST);
    Image again = images.measure(RELEASE, DIGEST);

    assertThat(again.uncompressedBytes()).isEqualTo(10_000);
    assertThat(asked).filteredOn(line -> line.contains("/blobs/")).hasSize(1);
  }

  @Test
  void findsOurPlatformInAnIndex() throws IOException {
    contents.put(
        PATH + "/manifests/" + DIGEST,
        """
        {"manifests":[
          {"digest":"%s","size":1,"platform":{"os":"linux","architecture":"arm64"}},
          {"digest":"%s","size":1,"platform":{"os":"linux","architecture":"amd64"}}]}
        """
            .formatted(APP, PLATFORM)
            .getBytes(UTF_8));
    manifest(PLATFORM, layer(BASE, 300, GZIP));
    blob(BASE, 10_000);

    Image image = images.measure(RELEASE, DIGEST);

    assertThat(image.digest()).isEqualTo(DIGEST);
    assertThat(image.compressedBytes()).isEqualTo(310);
  }

  @Test
  void asksTheRegistryWhatItSaysTheImageTakes() {
    String described =
        "/v1/projects/acme/locations/europe-west1/repositories/services/dockerImages/hello@";
    contents.put(described + DIGEST, "{\"imageSizeBytes\":\"1234\"}".getBytes(UTF_8));
    contents.put(described + PLATFORM, "{}".getBytes(UTF_8));

    assertThat(images.stated(image(host, DIGEST))).contains(1234L);
    assertThatThrownBy(() -> images.stated(image(host, PLATFORM)))
        .hasMessageContaining("imageSizeBytes");
    assertThatThrownBy(() -> images.stated(image(host, APP))).hasMessageContaining("404");
    assertThat(images.stated(image("registry.example", DIGEST))).isEmpty();
  }

  @Test
  void aHostOfGooglesTellsWhereItsRepositoryLies() {
    assertThat(
            ImageRef.parse("europe-docker.pkg.dev/acme/services/team/hello")
                .description("europe-west1", DIGEST))
        .contains(
            URI.create(
                "https://artifactregistry.googleapis.com/v1/projects/acme/locations/europe"
                    + "/repositories/services/dockerImages/team%2Fhello@"
                    + DIGEST));
  }

  private static Image image(String host, String digest) {
    return new Image(host + "/acme/services/hello", digest, 1, 1, List.of());
  }

  @Test
  void saysThatItDoesNotKnowWhatZstdUnpacksTo() throws IOException {
    manifest(DIGEST, layer(BASE, 300, GZIP.replace("gzip", "zstd")));

    Image image = images.measure(RELEASE, DIGEST);

    assertThat(image.compressedBytes()).isEqualTo(310);
    assertThat(image.uncompressedBytes()).isEqualTo(-1);
  }

  @Test
  void showsItsTokenToTheRegistryButNotToTheStorageBehindIt() throws IOException {
    manifest(DIGEST, layer(BASE, 300, GZIP));
    redirects.put(PATH + "/blobs/" + BASE, "/storage/base");
    contents.put("/storage/base", gzip(10_000));

    images.measure(RELEASE, DIGEST);

    assertThat(asked)
        .containsExactly(
            "GET " + PATH + "/manifests/" + DIGEST + " Bearer token-1",
            "GET " + PATH + "/blobs/" + BASE + " Bearer token-1",
            "GET /storage/base null");
  }

  @Test
  void followsNoRedirectThatLeavesTls() throws IOException {
    manifest(DIGEST, layer(BASE, 300, GZIP));
    redirects.put(PATH + "/blobs/" + BASE, "http://localhost:1/elsewhere");

    assertThatThrownBy(() -> images.measure(RELEASE, DIGEST))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("redirects to nowhere one may go");
  }

  @Test
  void asksOnceMoreWhenTheRegistryStumbles() throws IOException {
    manifest(DIGEST);
    failures = 1;

    assertThat(images.measure(RELEASE, DIGEST).compressedBytes()).isEqualTo(10);
  }

  @Test
  void saysWhatItTriedAndWhatToDoWhenTheImageIsGone() {
    assertThatThrownBy(() -> images.measure(RELEASE, DIGEST))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("measuring " + host + "/acme/services/hello@" + DIGEST)
        .hasMessageContaining("404")
        .hasMessageContaining("clean-up policies");
  }

  @Test
  void refusesWhatIsNoManifest() {
    contents.put(PATH + "/manifests/" + DIGEST, "{\"layers\":7}".getBytes(UTF_8));

    assertThatThrownBy(() -> images.measure(RELEASE, DIGEST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no image manifest");
  }

  @Test
  void refusesALayerWhoseNameLeadsElsewhere() {
    manifest(DIGEST, layer("sha256:../../../x", 300, GZIP));

    assertThatThrownBy(() -> images.measure(RELEASE, DIGEST))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void knowsWhetherDependenciesAreCached() {
    RegistryCache cache = new RegistryCache(new Registry(Optional::empty));
    contents.put("/v2/acme/services/cache/dependencies/manifests/t1", new byte[0]);

    assertThat(cache.holds(host + "/acme/services/cache/dependencies:t1")).isTrue();
    assertThat(cache.holds(host + "/acme/services/cache/dependencies:t2")).isFalse();
    assertThat(cache.holds("127.0.0.1:1/acme/services/cache/dependencies:t1")).isFalse();
  }

  private void manifest(String digest, String... layers) {
    contents.put(
        PATH + "/manifests/" + digest,
        """
        {"config":{"digest":"%s","size":10},"layers":[%s]}
        """
            .formatted(PLATFORM, String.join(",", layers))
            .getBytes(UTF_8));
  }

  private static String layer(String digest, long size, String type) {
    return "{\"digest\":\"%s\",\"size\":%d,\"mediaType\":\"%s\"}".formatted(digest, size, type);
  }

  private void blob(String digest, int bytes) throws IOException {
    contents.put(PATH + "/blobs/" + digest, gzip(bytes));
  }

  private static byte[] gzip(int bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(new byte[bytes]);
    }
    return out.toByteArray();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(
        "%s %s %s"
            .formatted(
                exchange.getRequestMethod(),
                path,
                exchange.getRequestHeaders().getFirst("Authorization")));
    byte[] content = contents.get(path);
    String redirect = redirects.get(path);
    if (failures-- > 0) {
      exchange.sendResponseHeaders(503, -1);
    } else if (redirect != null) {
      exchange.getResponseHeaders().set("Location", redirect);
      exchange.sendResponseHeaders(307, -1);
    } else if (content == null) {
      exchange.sendResponseHeaders(404, -1);
    } else if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(200, -1);
    } else {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
    }
    exchange.close();
  }
}
