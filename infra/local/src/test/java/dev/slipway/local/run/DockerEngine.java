package dev.slipway.local.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Docker Engine: the machine's, or one started for a test and ended with it. */
final class DockerEngine implements AutoCloseable {

  private static final int MOST_TRIES = 300;

  private final Path folder;
  private final List<String> images = new ArrayList<>();
  private @Nullable Process daemon;
  private String host = "";
  private String problem = "";

  private DockerEngine(Path folder) {
    this.folder = folder;
  }

  static DockerEngine start(Path folder) throws Exception {
    DockerEngine engine = new DockerEngine(Files.createDirectories(folder.resolve("docker")));
    if (!engine.answers()) {
      engine.startOwn();
    }
    return engine;
  }

  private void startOwn() throws Exception {
    host = "unix://" + folder.resolve("socket");
    try {
      daemon =
          new ProcessBuilder(
                  "dockerd",
                  "--storage-driver", "overlay2",
                  "--iptables=false",
                  "--bridge=none",
                  "--host", host,
                  "--data-root", folder.resolve("data").toString(),
                  "--exec-root", folder.resolve("exec").toString(),
                  "--pidfile", folder.resolve("pid").toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
    } catch (IOException e) {
      problem = "no Docker runs here, and there is no dockerd to start: " + e.getMessage();
      return;
    }
    for (int i = 0; i < MOST_TRIES && !answers(); i++) {
      if (daemon.waitFor(100, TimeUnit.MILLISECONDS)) {
        problem = "dockerd does not start here: " + lastLine();
        return;
      }
    }
    problem = answers() ? "" : "dockerd does not answer: " + lastLine();
  }

  private String lastLine() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("log"));
    return lines.isEmpty() ? "" : lines.getLast();
  }

  private boolean answers() {
    try {
      return run(List.of("docker", "info"), Map.of()) == 0;
    } catch (IOException noDocker) {
      return false;
    }
  }

  /** Why there is none; empty where there is. */
  String problem() {
    return problem;
  }

  /** Makes an image of one layer that starts {@code /app} as nobody in particular. */
  void load(String name, byte[] layer, List<String> env) throws IOException {
    List<String> words = new ArrayList<>(List.of("docker", "import"));
    for (String variable : env) {
      words.addAll(List.of("--change", "ENV " + variable));
    }
    words.addAll(List.of("--change", "ENTRYPOINT [\"/app\"]", "--change", "USER 65532:65532"));
    Path file = Files.write(folder.resolve(name + ".tar.gz"), layer);
    words.addAll(List.of(file.toString(), name));
    if (run(words, Map.of()) != 0) {
      throw new IOException("docker did not import " + name);
    }
    images.add(name);
  }

  /** The containers of this test's images that are still there. */
  String containers() throws IOException {
    StringBuilder left = new StringBuilder();
    for (String image : images) {
      left.append(output(List.of("docker", "ps", "--all", "--quiet", "--filter", "ancestor=" + image)));
    }
    return left.toString();
  }

  /** Runs a program that talks to it; its output goes nowhere. */
  int run(List<String> words, Map<String, String> env) throws IOException {
    Process process = builder(words, env).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    return ended(process);
  }

  private String output(List<String> words) throws IOException {
    Process process = builder(words, Map.of()).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    ended(process);
    return output;
  }

  private ProcessBuilder builder(List<String> words, Map<String, String> env) {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(env);
    if (!host.isEmpty()) {
      builder.environment().put("DOCKER_HOST", host);
    }
    return builder;
  }

  private static int ended(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      for (String image : images) {
        run(List.of("docker", "image", "rm", "--force", image), Map.of());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    if (daemon != null) {
      daemon.destroy();
      ended(daemon);
    }
  }
}
