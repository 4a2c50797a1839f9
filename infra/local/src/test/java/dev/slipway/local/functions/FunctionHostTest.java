package dev.slipway.local.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.local.functions.sample.Mirror;
import dev.slipway.local.functions.sample.Stillborn;
import dev.slipway.local.server.CloudServer;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.state.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.JarOutputStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FunctionHostTest {

  private static final String SAMPLES = "dev.slipway.local.functions.sample.";
  private static final FunctionCode ON_CLASS_PATH =
      new FunctionCode.OnClassPath(
          FunctionCode.whereabouts(Mirror.class), List.of(SAMPLES), List.of());

  @TempDir Path folder;

  @Test
  void aFunctionIsServedWithItsEnvironmentAndItsOwnClasses() throws Exception {
    try (State state = State.inMemory(folder);
        FunctionHost host = host(state, mirror(ON_CLASS_PATH, "a"))) {
      String answer = get(host.address("mirror"));

      assertThat(answer)
          .isEqualTo("team=a calls=1 own-loader=function context=true gson=true jetty=false");
    }
  }

  @Test
  void twoCloudsInOneJvmShareNeitherEnvironmentNorStatics() throws Exception {
    try (State state = State.inMemory(folder);
        FunctionHost one = host(state, mirror(ON_CLASS_PATH, "a"));
        FunctionHost other = host(state, mirror(ON_CLASS_PATH, "b"))) {
      get(one.address("mirror"));

      assertThat(get(one.address("mirror"))).startsWith("team=a calls=2 ");
      assertThat(get(other.address("mirror"))).startsWith("team=b calls=1 ");
    }
  }

  @Test
  void aDeployableJarSeesNoLibraryOfTheApplication() throws Exception {
    Path jar = jarOfSamples();
    try (State state = State.inMemory(folder);
        FunctionHost host = host(state, mirror(new FunctionCode.Deployable(jar), "a"))) {
      assertThat(get(host.address("mirror")))
          .isEqualTo("team=a calls=1 own-loader=function context=true gson=false jetty=false");
    }
  }

  @Test
  void aFunctionListensOnLoopbackOnly() throws Exception {
    Optional<InetAddress> outside = addressOnTheNetwork();
    String why = "skipped: this machine has no address but loopback";
    outside.ifPresentOrElse(address -> {}, () -> System.out.println(why));
    Assumptions.assumeTrue(outside.isPresent(), why);
    try (State state = State.inMemory(folder);
        FunctionHost host = host(state, mirror(ON_CLASS_PATH, "a"));
        Socket socket = new Socket()) {
      var address = new InetSocketAddress(outside.get(), host.address("mirror").getPort());

      assertThatThrownBy(() -> socket.connect(address, 2_000)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aStoppedFunctionReleasesWhatItHoldsAndAnswersNoMore() throws Exception {
    URI address;
    try (State state = State.inMemory(folder);
        FunctionHost host = host(state, mirror(ON_CLASS_PATH, "a"))) {
      address = host.address("mirror");
    }

    assertThat(folder.resolve("farewell")).hasContent("closed");
    assertThatThrownBy(() -> get(address)).isInstanceOf(IOException.class);
  }

  @Test
  void aFunctionThatCannotBeConstructedSaysWhyAndWarmUpGoesOn() throws Exception {
    var stillborn =
        new FunctionSpec(
            "stillborn", Stillborn.class.getName(), Signature.HTTP, ON_CLASS_PATH, Map.of());
    try (State state = State.inMemory(folder);
        FunctionHost host = host(state, stillborn, mirror(ON_CLASS_PATH, "a"))) {
      host.warmUp();

      assertThat(get(host.address("mirror"))).startsWith("team=a");
      assertThatThrownBy(() -> host.address("stillborn"))
          .isInstanceOf(FunctionStartException.class)
          .hasMessageContaining("function stillborn")
          .hasMessageContaining("SLIPWAY_BUCKET is not set");
    }
  }

  @Test
  void aHostThatIsClosedWhileItWarmsUpComplainsOfNothing() {
    Logger logger = Logger.getLogger(FunctionHost.class.getName());
    List<String> complaints = new CopyOnWriteArrayList<>();
    Handler handler = new Complaints(complaints);
    logger.addHandler(handler);
    try (State state = State.inMemory(folder)) {
      FunctionHost host = host(state, mirror(ON_CLASS_PATH, "a"));
      host.close();

      host.warmUp();

      assertThat(complaints).isEmpty();
    } finally {
      logger.removeHandler(handler);
    }
  }

  @Test
  void aFunctionIsReachedByItsNameOnTheCloudsOwnPort() throws Exception {
    try (State state = State.inMemory(folder);
        FunctionHost host = host(state, mirror(ON_CLASS_PATH, "a"));
        CloudServer server = CloudServer.start(Endpoints.free(), List.of(host));
        HttpClient http = HttpClient.newHttpClient()) {
      URI functions = URI.create(server.endpoints().http() + "/functions/");

      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(functions.resolve("mirror/echo/a%20b?q=1%2B1"))
                  .header("X-Asked", "this")
                  .POST(BodyPublishers.ofString("the body"))
                  .build(),
              BodyHandlers.ofString());
      HttpResponse<String> unknown =
          http.send(
              HttpRequest.newBuilder(functions.resolve("other/")).build(),
              BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(202);
      assertThat(answer.headers().firstValue("X-Echo")).contains("this");
      assertThat(answer.body()).startsWith("POST http://").endsWith("/echo/a%20b?q=1%2B1 the body");
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(unknown.body()).contains("no function is named other");
    }
  }

  @Test
  void theInvokerIsCopiedOutOfAPackedApplicationOnce() throws Exception {
    Path packed = folder.resolve("app.jar");
    try (var jar = new JarOutputStream(Files.newOutputStream(packed))) {
      jar.putNextEntry(new ZipEntry("inner.jar"));
      jar.write(new byte[] {1, 2, 3});
    }
    var resource = URI.create("jar:" + packed.toUri() + "!/inner.jar").toURL();

    URI copy = InvokerJar.copy(resource, folder).toURI();
    Files.setLastModifiedTime(Path.of(copy), java.nio.file.attribute.FileTime.fromMillis(1000));
    InvokerJar.copy(resource, folder);

    assertThat(Path.of(copy)).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(Files.getLastModifiedTime(Path.of(copy)).toMillis()).isEqualTo(1000);
  }

  private static FunctionHost host(State state, FunctionSpec... specs) {
    return new FunctionHost(state, List.of(specs));
  }

  private FunctionSpec mirror(FunctionCode code, String team) {
    return new FunctionSpec(
        "mirror",
        Mirror.class.getName(),
        Signature.HTTP,
        code,
        Map.of("TEAM", team, "FAREWELL", folder.resolve("farewell").toString()));
  }

  private Path jarOfSamples() throws IOException {
    Path classes = FunctionCode.whereabouts(Mirror.class);
    Path jar = folder.resolve("functions.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.list(classes.resolve(SAMPLES.replace('.', '/')))) {
      for (Path file : files.toList()) {
        out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
    return jar;
  }

  private static Optional<InetAddress> addressOnTheNetwork() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String get(URI address) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }
  }

  private static final class Complaints extends Handler {

    private final List<String> texts;

    Complaints(List<String> texts) {
      this.texts = texts;
    }

    @Override
    public void publish(LogRecord line) {
      if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
        texts.add(line.getMessage());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
