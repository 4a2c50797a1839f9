package dev.slipway.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.run.Launcher.Launch;
import dev.slipway.local.run.Launcher.Running;
import dev.slipway.local.server.Ports;
import dev.slipway.local.state.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Starting and ending a process in each of the ways there are. */
final class ProcessLauncherTest {

  @TempDir Path folder;
  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

  private Running launch(Isolation isolation, State state, Map<String, String> env)
      throws IOException {
    boolean possible = isolation.works();
    if (!possible) {
      System.out.println("SKIPPED: this machine cannot isolate by " + isolation);
    }
    Assumptions.assumeTrue(possible, "this machine cannot isolate by " + isolation);
    FolderImages images = new FolderImages(folder.resolve("registry"));
    Path root =
        new ImageStore(images, folder.resolve("images")).unpack(images.pushServer("app")).root();
    Map<String, String> all = new HashMap<>(env);
    all.put("K_REVISION", "one");
    int port = Ports.free();
    all.put("PORT", Integer.toString(port));
    return new ProcessLauncher(isolation, new Leftovers(state))
        .launch(new Launch("one", root, List.of("/app"), all, "/", "", port, log::add));
  }

  @ParameterizedTest
  @EnumSource
  void itsExitCodeAndItsOutputAreItsOwn(Isolation isolation) throws Exception {
    try (State state = State.open(folder.resolve("state"))) {
      Running process = launch(isolation, state, Map.of("EXIT", "7"));

      assertThat(process.exit().get(20, TimeUnit.SECONDS)).isEqualTo(7);
      assertThat(log).containsExactly("hello from one", "thread 'main' panicked: asked to exit");
    }
  }

  @ParameterizedTest
  @EnumSource
  void sigtermReachesTheAppThroughItsWrappers(Isolation isolation) throws Exception {
    try (State state = State.open(folder.resolve("state"))) {
      Running process = launch(isolation, state, Map.of("HANDLE_TERM", "1", "SLOW_START", "60000"));
      assertThat(log.poll(20, TimeUnit.SECONDS)).isEqualTo("hello from one");

      // The handler is set just after the greeting; the signal is sent once it can be seen.
      while (!handlesTerm()) {
        Thread.onSpinWait();
      }
      process.terminate();

      assertThat(process.exit().get(20, TimeUnit.SECONDS)).isZero();
      assertThat(log).containsExactly("got SIGTERM");
    }
  }

  private static boolean handlesTerm() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().filter(c -> c.endsWith("/app")).isPresent())
        .anyMatch(process -> Signals.handlesTerm(process.pid()));
  }

  @ParameterizedTest
  @EnumSource
  void whereItListensIsSeen(Isolation isolation) throws Exception {
    int port = Ports.free();
    try (State state = State.open(folder.resolve("state"))) {
      Running process =
          launch(isolation, state, Map.of("FIXED_PORT", "" + port, "BIND", "127.0.0.1"));
      assertThat(log.poll(20, TimeUnit.SECONDS)).isEqualTo("hello from one");
      while (!connects(port)) {
        Thread.onSpinWait();
      }

      assertThat(process.listening())
          .containsExactly(new Launcher.Listening("127.0.0.1", port, true));

      process.kill();
      assertThat(process.exit().get(20, TimeUnit.SECONDS)).isNotZero();
    }
  }

  private static boolean connects(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }
}
