package dev.slipway.local.run;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How a process is kept to its image: the best of three ways that works on this machine.
 *
 * <p>The namespaces are made by {@code unshare}; a small script then mounts a private {@code /tmp}
 * and the few devices, and the last {@code exec} makes the app process 1 of its namespace, without
 * privileges. Ending that process ends all it started.
 */
enum Isolation {
  /** As root: own mounts and processes, and another user. */
  USER,
  /** As anyone, where the kernel allows user namespaces: own mounts and processes. */
  NAMESPACE,
  /** Nothing but the unpacked folder: the program is run from there. */
  NONE;

  private static final Logger LOG = System.getLogger(Isolation.class.getName());

  private static final String SCRIPT =
      """
      root=$1 mount=$2 ip=$3
      shift 3
      "$ip" link set lo up 2>/dev/null
      "$mount" -t tmpfs -o mode=1777,size=512m tmpfs "$root/tmp" 2>/dev/null
      "$mount" -t proc proc "$root/proc" 2>/dev/null
      for file in dev/null dev/zero dev/full dev/random dev/urandom etc/resolv.conf etc/hosts
      do "$mount" --bind "/$file" "$root/$file" 2>/dev/null
      done
      unset PWD
      exec "$@"
      """;

  /** The shell's own command that does nothing. */
  private static final String NOTHING = ":";

  /** The first way that runs {@code /bin/true} of this machine; asked once, and logged. */
  static Isolation probe() {
    for (Isolation way : List.of(USER, NAMESPACE)) {
      if (way.works()) {
        LOG.log(Level.INFO, "Cloud Run instances are isolated by: {0}", way);
        return way;
      }
    }
    LOG.log(Level.INFO, "Cloud Run instances are not isolated: no namespaces on this machine");
    return NONE;
  }

  /** Whether this machine can do it. */
  boolean works() {
    return works(false);
  }

  /**
   * Whether this machine can do it.
   *
   * @param offline without a network
   */
  boolean works(boolean offline) {
    if (this == NONE) {
      return true;
    }
    try {
      List<String> command = command(probing(offline));
      // The probe must leave the machine's own /tmp alone, whatever mount namespaces do.
      command.set(command.indexOf(SCRIPT), "shift 3; exec \"$@\"");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Launcher.Launch probing(boolean offline) {
    return new Launcher.Launch(
        "", Path.of("/"), List.of("true"), Map.of(), "/", "", 0, line -> {}, offline);
  }

  /**
   * The command line that runs a program in its root; its user is {@code uid} or {@code uid:gid},
   * and the nonroot user where it is empty or root.
   *
   * @throws IOException when a tool or the program is not there
   */
  List<String> command(Launcher.Launch launch) throws IOException {
    List<String> command = new ArrayList<>();
    String network = launch.offline() ? "n" : "";
    switch (this) {
      case USER -> {
        command.addAll(List.of(tool("setpriv"), "--no-new-privs", tool("unshare")));
        command.addAll(List.of("-mpf" + network, "--kill-child"));
      }
      case NAMESPACE ->
          command.addAll(List.of(tool("unshare"), "-rUmpf" + network, "--kill-child"));
      case NONE -> {
        return direct(launch.root(), launch.command());
      }
    }
    String root = launch.root().toString();
    String ip = launch.offline() ? optional("ip") : NOTHING;
    command.addAll(List.of(tool("sh"), "-c", SCRIPT, "sh", root, tool("mount"), ip));
    command.addAll(List.of(tool("unshare"), "--root=" + root, "--wd=" + launch.workingDir()));
    if (this == USER) {
      Identity identity = Identity.of(launch.user());
      command.addAll(List.of("--setuid", identity.uid(), "--setgid", identity.gid()));
    }
    command.add("--");
    command.addAll(launch.command());
    return command;
  }

  private static String optional(String name) {
    try {
      return tool(name);
    } catch (IOException absent) {
      return NOTHING;
    }
  }

  private static List<String> direct(Path root, List<String> program) throws IOException {
    Rootfs rootfs = new Rootfs(root);
    String name = program.getFirst();
    List<String> places =
        name.contains("/")
            ? List.of(name)
            : List.of("usr/local/bin/" + name, "usr/bin/" + name, "bin/" + name, name);
    for (String place : places) {
      Path file = rootfs.follow(place);
      if (Files.isExecutable(file)) {
        List<String> command = new ArrayList<>(program);
        command.set(0, file.toString());
        return command;
      }
    }
    throw new IOException("the image has no program " + name);
  }

  private static String tool(String name) throws IOException {
    for (String folder : List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")) {
      Path file = Path.of(folder, name);
      if (Files.isExecutable(file)) {
        return file.toString();
      }
    }
    throw new IOException("this machine has no " + name);
  }

  /** Who the process is: never root, whatever the image says. */
  private record Identity(String uid, String gid) {

    private static final String NONROOT = "65532";

    static Identity of(String user) {
      String[] parts = user.split(":", -1);
      String uid = number(parts[0]);
      return new Identity(uid, parts.length > 1 ? number(parts[1]) : uid);
    }

    private static String number(String text) {
      return text.matches("[1-9][0-9]{0,8}") ? text : NONROOT;
    }
  }
}
