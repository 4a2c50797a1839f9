package dev.slipway.local;

import dev.slipway.local.server.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One of Google's own emulators, run as a peer of the laptop cloud in tests. It is looked for where
 * the Cloud SDK is installed; it is never downloaded.
 */
public final class GoogleEmulator implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(40);
  private static final Duration STOP = Duration.ofSeconds(5);
  private static final List<String> USUAL_ROOTS =
      List.of(
          "/usr/lib/google-cloud-sdk",
          "/usr/share/google-cloud-sdk",
          "/usr/local/google-cloud-sdk",
          "/opt/google-cloud-sdk",
          "/opt/homebrew/share/google-cloud-sdk",
          "/snap/google-cloud-cli/current",
          System.getProperty("user.home") + "/google-cloud-sdk");

  /**
   * How to run one.
   *
   * @param jar its jar below the SDK's {@code platform} folder: a folder, a slash, and a glob for
   *     the file's name
   * @param mainClass its main class, or empty to run the jar itself
   */
  public record Launch(String jar, String mainClass) {

    /** Google's Pub/Sub emulator. */
    public static final Launch PUBSUB =
        new Launch("pubsub-emulator/lib/cloud-pubsub-emulator-*-all.jar", "");

    private List<String> command(Path found, int port) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-Xmx256m");
      command.add("-XX:TieredStopAtLevel=1");
      command.addAll(
          mainClass.isEmpty()
              ? List.of("-jar", found.toString())
              : List.of("-cp", found.toString(), mainClass));
      command.addAll(List.of("--host=127.0.0.1", "--port=" + port));
      return command;
    }
  }

  private final Process process;
  private final int port;

  private GoogleEmulator(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** The jar, where the SDK is installed and has it. */
  public static Optional<Path> find(Launch launch) {
    return roots()
        .map(root -> root.resolve("platform").resolve(launch.jar()))
        .flatMap(GoogleEmulator::matching)
        .findFirst();
  }

  /** Starts the emulator whose jar is {@code jar} and waits until it listens. */
  public static GoogleEmulator start(Launch launch, Path jar) throws IOException {
    int port = Ports.free();
    Path log = Files.createTempFile("emulator", ".log");
    Process process =
        new ProcessBuilder(launch.command(jar, port))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    GoogleEmulator emulator = new GoogleEmulator(process, port);
    if (!emulator.listens()) {
      emulator.close();
      throw new IOException(
          "Tried to start %s but it did not listen on port %d within %s; it said: %s"
              .formatted(jar, port, START, Files.readString(log)));
    }
    return emulator;
  }

  /** Where it listens, {@code host:port}. */
  public String endpoint() {
    return "127.0.0.1:" + port;
  }

  private boolean listens() {
    long end = System.nanoTime() + START.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return socket.isConnected();
      } catch (IOException notYet) {
        pause();
      }
    }
    return false;
  }

  private void pause() {
    try {
      process.waitFor(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the process, by force if it does not go by itself. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static Stream<Path> roots() {
    return Stream.concat(
            Stream.of(System.getenv("CLOUDSDK_ROOT"), System.getenv("CLOUDSDK_ROOT_DIR"))
                .filter(Objects::nonNull),
            Stream.concat(rootOfGcloud(), USUAL_ROOTS.stream()))
        .map(Path::of);
  }

  /** The SDK that the {@code gcloud} on the path belongs to: the folder above its {@code bin}. */
  private static Stream<String> rootOfGcloud() {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Stream.of(path.split(System.getProperty("path.separator"), -1))
        .map(folder -> Path.of(folder, "gcloud"))
        .filter(Files::isExecutable)
        .flatMap(GoogleEmulator::real)
        .map(gcloud -> gcloud.resolve("../..").normalize().toString());
  }

  private static Stream<Path> real(Path path) {
    try {
      return Stream.of(path.toRealPath());
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static Stream<Path> matching(Path pattern) {
    Path folder = pattern.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, pattern.getFileName().toString())) {
      List<Path> found = new ArrayList<>();
      files.forEach(found::add);
      return found.stream().sorted();
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
