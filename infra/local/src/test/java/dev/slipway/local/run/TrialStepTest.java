package dev.slipway.local.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The very script of the build template's step {@code trial}, with a real Docker Engine. */
final class TrialStepTest {

  private static final Path TEMPLATE =
      Path.of(System.getProperty("slipway.root", "../.."), "build-templates", "cloudbuild.yaml");

  private static final Path BUSYBOX = Path.of("/usr/bin/busybox");
  private static final String TOOLS = "slipway-trial-tools";

  /** As much of a report as the step looks at. */
  private static final String REPORT = "{\"schema\":1,\"glibc\":\"\"}";

  /** What is only known to be a number. */
  private static final String SOME_TIME = "MILLIS";

  @TempDir Path folder;
  private DockerEngine docker;

  @BeforeEach
  void start() throws Exception {
    require(Files.isExecutable(BUSYBOX), "there is no " + BUSYBOX + " to look with");
    docker = DockerEngine.start(folder);
    require(docker.problem().isEmpty(), docker.problem());
    FolderImages.Layer tools = new FolderImages.Layer();
    for (String tool : List.of("sh", "grep", "sed", "sleep")) {
      tools.file("bin/" + tool, Files.readAllBytes(BUSYBOX), 0755);
    }
    docker.load(TOOLS, tools.bytes(), List.of());
  }

  private static void require(boolean met, String reason) {
    if (!met) {
      System.out.println("SKIPPED: " + reason);
    }
    Assumptions.assumeTrue(met, reason);
  }

  @AfterEach
  void stop() {
    if (docker != null) {
      docker.close();
    }
  }

  @Test
  void whatAProgramDoesIsReported() throws Exception {
    Map<String, List<String>> programs =
        Map.of(
            "handles", List.of("HANDLE_TERM=1"),
            "deaf", List.of("NOTHING=1"),
            "three", List.of("HANDLE_TERM=1", "TERM_EXIT=3"),
            "goes-on", List.of("HANDLE_TERM=1", "TERM_EXIT=-1"),
            "ends", List.of("EXIT=5"),
            "silent", List.of("HANDLE_TERM=1", "SLOW_START=60000"),
            "loopback", List.of("HANDLE_TERM=1", "BIND=127.0.0.1"),
            "elsewhere", List.of("HANDLE_TERM=1", "FIXED_PORT=3000", "BIND=[::]"));
    byte[] app =
        new FolderImages.Layer()
            .file("app", Files.readAllBytes(RustServer.program()), 0755)
            .bytes();

    Map<String, String> seen = new ConcurrentHashMap<>();
    List<Thread> running = new ArrayList<>();
    for (var program : programs.entrySet()) {
      docker.load("slipway-trial-" + program.getKey(), app, program.getValue());
      running.add(
          Thread.ofVirtual()
              .start(() -> seen.put(program.getKey(), trial("slipway-trial-" + program.getKey()))));
    }
    for (Thread each : running) {
      each.join();
    }

    assertThat(seen)
        .containsAllEntriesOf(
            Map.of(
                "handles", reported("0.0.0.0:8080", true, 0),
                "three", reported("0.0.0.0:8080", true, 3),
                "goes-on", reported("0.0.0.0:8080", true, 137),
                "loopback", reported("127.0.0.1:8080", true, 0),
                "elsewhere", reported("[::]:3000", true, 0),
                "deaf", "{\"listens\":[\"0.0.0.0:8080\"],\"handlesTerm\":false}",
                "ends", "{\"listens\":[],\"handlesTerm\":false,\"exitCode\":5}",
                "silent", "{\"listens\":[],\"handlesTerm\":false}"));
    assertThat(docker.containers()).isEmpty();
  }

  @Test
  void anImageThatCannotBeRunFailsNoBuild() throws Exception {
    assertThat(trial("slipway-trial-no-such-image")).isEqualTo("no report");
  }

  private static String reported(String address, boolean handles, int code) {
    return "{\"listens\":[\"%s\"],\"handlesTerm\":%s,\"exitCode\":%d,\"stopMillis\":%s}"
        .formatted(address, handles, code, SOME_TIME);
  }

  /** What the step adds to the report. */
  private String trial(String image) {
    try {
      Path box = Files.createTempDirectory(folder, "box");
      Files.writeString(box.resolve("report.json"), REPORT + "\n");
      String script = script().replace("/slipway/", box + "/");
      Map<String, String> env =
          Map.of(
              "_IMAGE", image,
              "_SERVICE", "hello",
              "_DOCKER", TOOLS,
              "BUILDER_OUTPUT", box.toString());
      int exit = docker.run(List.of(BUSYBOX.toString(), "sh", "-c", script), env);
      assertThat(exit).isZero();
      Path output = box.resolve("output");
      return Files.exists(output) ? added(Files.readString(output)) : "no report";
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String added(String report) {
    String before = REPORT.substring(0, REPORT.length() - 1) + ",\"trialRun\":";
    assertThat(report).startsWith(before).endsWith("}\n");
    return report
        .substring(before.length(), report.length() - 2)
        .replaceFirst("\"stopMillis\":[0-9]+", "\"stopMillis\":" + SOME_TIME);
  }

  private static String script() throws IOException {
    List<String> lines = Files.readString(TEMPLATE, UTF_8).lines().toList();
    int step = lines.indexOf("  - id: trial");
    int begin = step + lines.subList(step, lines.size()).indexOf("    script: |") + 1;
    StringBuilder script = new StringBuilder();
    for (String line : lines.subList(begin, lines.size())) {
      if (!line.startsWith("      ")) {
        break;
      }
      script.append(line.substring(6)).append('\n');
    }
    return script.toString();
  }
}
