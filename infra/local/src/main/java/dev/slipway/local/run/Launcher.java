package dev.slipway.local.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Starts the one process of a revision's instance. A simulation puts a server of its own here. */
public interface Launcher {

  /**
   * Starts it and returns at once.
   *
   * @throws IOException when there is nothing to start, or the system refuses
   */
  Running launch(Launch launch) throws IOException;

  /**
   * What to start.
   *
   * @param revision the revision's short name
   * @param root the unpacked image, read-only by convention
   * @param command the program and its arguments, as the image sees them
   * @param env the whole environment, {@code PORT} included
   * @param workingDir an absolute path in the image
   * @param user the image's user as it stands there
   * @param port where it must listen
   * @param log takes each line the process prints
   * @param offline whether it is to have no network but a loopback of its own
   */
  record Launch(
      String revision,
      Path root,
      List<String> command,
      Map<String, String> env,
      String workingDir,
      String user,
      int port,
      Consumer<String> log,
      boolean offline) {

    /** With this machine's network. */
    public Launch(
        String revision,
        Path root,
        List<String> command,
        Map<String, String> env,
        String workingDir,
        String user,
        int port,
        Consumer<String> log) {
      this(revision, root, command, env, workingDir, user, port, log, false);
    }
  }

  /** A process that was started. */
  interface Running {

    /** Completes with the exit code once the process has ended and its output is read. */
    CompletableFuture<Integer> exit();

    /** Asks it to end (SIGTERM). */
    void terminate();

    /** Ends it and all it started. */
    void kill();

    /** Where it listens, as far as the system tells; empty also means "cannot tell". */
    List<Listening> listening();

    /** Whether SIGTERM reaches it: the system sends a container's first process only what it handles. */
    default boolean handlesTerm() {
      return true;
    }

    /** The memory it and all it started hold; empty where that cannot be told. */
    default OptionalLong memoryBytes() {
      return OptionalLong.empty();
    }
  }

  /**
   * An address a process listens on.
   *
   * @param address as text, without the port
   * @param loopback whether only this machine can reach it
   */
  record Listening(String address, int port, boolean loopback) {
    @Override
    public String toString() {
      return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }
  }
}
