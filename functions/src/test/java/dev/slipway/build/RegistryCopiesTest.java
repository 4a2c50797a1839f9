package dev.slipway.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.release.Image;
import dev.slipway.release.ReleaseId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RegistryCopiesTest {

  private static final ReleaseId RELEASE = ReleaseId.parse("hello-0123456789ab");

  private final List<Shelf> open = new ArrayList<>();
  private Shelf staging;
  private Shelf prod;

  @BeforeEach
  void open() throws IOException {
    staging = new Shelf();
    prod = new Shelf();
  }

  @AfterEach
  void close() {
    open.forEach(shelf -> shelf.server.stop(0));
  }

  @Test
  void anImageComesWholeAndIsTheSameByteForByte() {
    Image image = staging.holds("layer one", "layer two");

    Image copy = copies().copy(image, RELEASE);

    assertThat(copy).isEqualTo(image.named(prod.host + "/prod/images/hello"));
    assertThat(prod.stored("manifests/sha256")).isEqualTo(staging.stored("manifests/sha256"));
    assertThat(prod.stored("manifests/" + RELEASE).values())
        .as("tagged as a build tags what it pushes")
        .containsExactlyElementsOf(staging.stored("manifests/sha256").values());
    assertThat(prod.stored("blobs/")).isEqualTo(staging.stored("blobs/"));
  }

  @Test
  void oneThatIsThereIsNotCopiedAgain() {
    Image image = staging.holds("layer");
    Image once = copies().copy(image, RELEASE);
    staging.asked.clear();

    Image twice = copies().copy(image, RELEASE);

    assertThat(twice).isEqualTo(once);
    assertThat(staging.asked).isEmpty();
  }

  @Test
  void blobsTheRegistryHasAreMountedAndNotSent() {
    prod.mounts = true;
    Image image = prod.holds("layer");
    String path = image.name().substring(image.name().indexOf('/') + 1);

    copies().copy(image, RELEASE);

    assertThat(prod.asked)
        .anyMatch(line -> line.startsWith("POST") && line.contains("from=" + path))
        .noneMatch(line -> line.startsWith("PUT") && line.contains("/blobs/"));
  }

  @Test
  void aManifestThatIsNotWhatItsDigestSaysIsRefusedForGood() {
    Image image = staging.holds("layer");
    staging.contents.replaceAll(
        (path, bytes) -> path.contains("/manifests/") ? "{\"layers\": []}".getBytes(UTF_8) : bytes);

    assertThatThrownBy(() -> copies().copy(image, RELEASE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not what its digest says");
    assertThat(prod.contents).isEmpty();
  }

  @Test
  void anImageThatIsGoneIsRefusedForGoodAndARegistryThatIsAwayIsAskedAgain() {
    Image image = staging.holds("layer");
    staging.contents.clear();

    assertThatThrownBy(() -> copies().copy(image, RELEASE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("answered 404");

    Image there = staging.holds("layer");
    prod.refuses = true;
    assertThatThrownBy(() -> copies().copy(there, RELEASE))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("answered 403 (grant the build function");
  }

  private RegistryCopies copies() {
    return new RegistryCopies(
        new Registry(Optional::empty), Optional::empty, prod.host + "/prod/images");
  }

  private static String digest(byte[] bytes) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** A registry that keeps what it is sent, and checks it. */
  private final class Shelf {

    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final HttpServer server;
    private final String host;
    private boolean mounts;
    private boolean refuses;

    Shelf() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", this::answer);
      server.start();
      host = "127.0.0.1:" + server.getAddress().getPort();
      open.add(this);
    }

    Image holds(String... layers) {
      List<String> described = new ArrayList<>();
      for (String layer : layers) {
        described.add(blob(layer));
      }
      String manifest =
          "{\"mediaType\": \"application/vnd.oci.image.manifest.v1+json\", \"config\": %s, \"layers\": %s}"
              .formatted(blob("config"), described);
      String digest = digest(manifest.getBytes(UTF_8));
      contents.put("/v2/staging/images/hello/manifests/" + digest, manifest.getBytes(UTF_8));
      return new Image(host + "/staging/images/hello", digest, 1, 1, List.of());
    }

    private String blob(String text) {
      byte[] bytes = text.getBytes(UTF_8);
      contents.put("/v2/staging/images/hello/blobs/" + digest(bytes), bytes);
      return "{\"digest\": \"%s\", \"size\": %d}".formatted(digest(bytes), bytes.length);
    }

    /** What it has of a kind, by what follows the kind. */
    Map<String, String> stored(String kind) {
      Map<String, String> stored = new TreeMap<>();
      contents.forEach(
          (path, bytes) -> {
            int at = path.indexOf(kind);
            if (at >= 0) {
              stored.put(path.substring(at), new String(bytes, UTF_8));
            }
          });
      return stored;
    }

    private void answer(HttpExchange exchange) throws IOException {
      String path = exchange.getRequestURI().getPath();
      String method = exchange.getRequestMethod();
      String query = String.valueOf(exchange.getRequestURI().getQuery());
      asked.add(method + " " + path + "?" + query);
      byte[] sent = exchange.getRequestBody().readAllBytes();
      switch (method) {
        case "GET", "HEAD" -> get(exchange, method, path);
        case "POST" -> begin(exchange, path, query);
        default -> put(exchange, path, query, sent);
      }
    }

    private void get(HttpExchange exchange, String method, String path) throws IOException {
      byte[] found = contents.get(path);
      if (found == null || method.equals("HEAD")) {
        exchange.sendResponseHeaders(found == null ? 404 : 200, -1);
      } else {
        exchange.sendResponseHeaders(200, found.length);
        exchange.getResponseBody().write(found);
      }
      exchange.close();
    }

    private void begin(HttpExchange exchange, String path, String query) throws IOException {
      if (mounts && query.contains("mount=")) {
        exchange.sendResponseHeaders(201, -1);
      } else {
        exchange.getResponseHeaders().set("Location", path + "up?state=1");
        exchange.sendResponseHeaders(refuses ? 403 : 202, -1);
      }
      exchange.close();
    }

    private void put(HttpExchange exchange, String path, String query, byte[] sent)
        throws IOException {
      boolean blob = query.contains("digest=");
      String name =
          blob ? query.substring(query.indexOf("digest=") + 7) : path.substring(path.lastIndexOf('/') + 1);
      boolean right = !name.startsWith("sha256:") || name.equals(digest(sent));
      if (right) {
        contents.put(
            blob ? path.substring(0, path.indexOf("uploads/")) + name : path, sent);
      }
      exchange.sendResponseHeaders(right ? 201 : 400, -1);
      exchange.close();
    }
  }
}
