package dev.slipway.local.run;

import dev.slipway.local.run.Launcher.Listening;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads from {@code /proc} where a process and its children listen. */
final class Listeners {

  private static final String LISTEN = "0A";

  private Listeners() {}

  /** Where {@code process} listens; empty where the system has no {@code /proc}. */
  static List<Listening> of(ProcessHandle process) {
    Set<String> inodes = new HashSet<>();
    Stream.concat(Stream.of(process), process.descendants())
        .forEach(handle -> inodes.addAll(sockets(handle.pid())));
    List<Listening> found = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : lines(Path.of("/proc/" + process.pid() + "/net", table))) {
        String[] fields = line.trim().split("\\s+", -1);
        if (fields.length > 9 && fields[3].equals(LISTEN) && inodes.contains(fields[9])) {
          found.add(parse(fields[1]));
        }
      }
    }
    return found;
  }

  private static Set<String> sockets(long pid) {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (Path file : files) {
        String target = target(file);
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    } catch (IOException ended) {
      return inodes;
    }
    return inodes;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closed) {
      return "";
    }
  }

  private static List<String> lines(Path table) {
    try {
      return Files.readAllLines(table);
    } catch (IOException absent) {
      return List.of();
    }
  }

  /** An address as the kernel prints it: 32-bit words in the machine's (little-endian) order. */
  static Listening parse(String text) {
    int colon = text.indexOf(':');
    byte[] words = HexFormat.of().parseHex(text.substring(0, colon));
    byte[] bytes = new byte[words.length];
    for (int i = 0; i < words.length; i++) {
      bytes[i] = words[(i & ~3) + 3 - (i & 3)];
    }
    try {
      InetAddress address = InetAddress.getByAddress(bytes);
      boolean any = address.isAnyLocalAddress();
      return new Listening(
          any && bytes.length == 16 ? "::" : address.getHostAddress(),
          Integer.parseInt(text.substring(colon + 1), 16),
          address.isLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalArgumentException("not an address of /proc/net/tcp: " + text, e);
    }
  }
}
