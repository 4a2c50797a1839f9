package dev.slipway.local.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds free ports below 32768: above, the kernel hands them out as source ports, and a client
 * that retries a closed port there can end up connected to itself.
 */
public final class Ports {

  private static final int FIRST = 20_000;
  private static final int LAST = 32_767;

  /** Handed out by this process, so that two servers starting at once do not get the same one. */
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /** A port nothing listened on a moment ago, never the same twice in one process. */
  public static int free() {
    for (int attempt = 0; attempt < 1000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
      if (GIVEN.add(port) && isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "Tried to find a free port between %d and %d but all are taken.".formatted(FIRST, LAST));
  }

  /** Whether {@code port} can be listened on now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
