package dev.slipway.local.firestore;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.local.server.Ports;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Google's own Firestore emulator, where the Cloud SDK on this machine has it. */
final class Emulator {

  private static final String JAR =
      "platform/cloud-firestore-emulator/cloud-firestore-emulator.jar";
  private static final String MAIN =
      "com.google.cloud.datastore.emulator.firestore.CloudFirestore";

  private Emulator() {}

  static Optional<Path> jar() {
    return Stream.of(
            Optional.ofNullable(System.getenv("CLOUDSDK_ROOT")).map(Path::of),
            sdkOnPath(),
            Optional.of(Path.of("/usr/lib/google-cloud-sdk")))
        .flatMap(Optional::stream)
        .map(root -> root.resolve(JAR))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** The SDK that holds {@code gcloud}: its {@code bin} is on the path, or linked to from there. */
  private static Optional<Path> sdkOnPath() {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    for (String folder : path.split(File.pathSeparator, -1)) {
      Path gcloud = Path.of(folder, "gcloud");
      if (!folder.isEmpty() && Files.isExecutable(gcloud)) {
        try {
          return Optional.of(gcloud.toRealPath().resolve("../..").normalize());
        } catch (IOException unreadable) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** Starts it within a minute and returns where it listens; it ends with this JVM at the latest. */
  static String start(Path jar) throws IOException, InterruptedException {
    int port = Ports.free();
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    jar.toString(),
                    MAIN,
                    "start",
                    "--host=127.0.0.1",
                    "--port=" + port))
            .redirectErrorStream(true)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    CompletableFuture<String> ready = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> read(process, ready));
    try {
      ready.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly().waitFor();
      throw new IOException("Tried to start " + jar + " but it did not say it is running: " + e, e);
    }
    return "127.0.0.1:" + port;
  }

  /** Reads to the end, so that the emulator never waits for room in its pipe. */
  private static void read(Process process, CompletableFuture<String> ready) {
    StringBuilder said = new StringBuilder();
    try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains("is now running")) {
          ready.complete(line);
        }
        said.append(line).append('\n');
      }
    } catch (IOException closed) {
      said.append(closed);
    }
    ready.completeExceptionally(new IOException(said.toString()));
  }
}
