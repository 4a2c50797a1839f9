package dev.slipway.cli.upload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.slipway.local.server.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A line to a server of this machine that turns over one byte of what is sent there. The server
 * names itself in where to go on; that becomes the line, too.
 */
final class DamagingLine implements AutoCloseable {

  private final int to;
  private final AtomicLong left;
  private final AtomicBoolean damaged = new AtomicBoolean();
  private final ServerSocket server;

  /**
   * Opens one.
   *
   * @param to the server's port
   * @param after how many bytes come to no harm
   */
  DamagingLine(int to, long after) throws IOException {
    this.to = to;
    left = new AtomicLong(after);
    server = new ServerSocket();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()));
    Thread.ofVirtual().name("line").start(this::accept);
  }

  String address() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  boolean hasDamaged() {
    return damaged.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = server.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
        Thread.ofVirtual().start(() -> copy(near, far, true));
        Thread.ofVirtual().start(() -> copy(far, near, false));
      }
    } catch (IOException closed) {
      // nobody calls any more
    }
  }

  private void copy(Socket from, Socket into, boolean damage) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        into) {
      InputStream in = from.getInputStream();
      OutputStream out = into.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!damage) {
          keepHere(buffer, n);
        } else if (left.addAndGet(-n) < 0 && damaged.compareAndSet(false, true)) {
          buffer[n - 1] ^= 1;
        }
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException ended) {
      // one of the two has hung up
    }
  }

  private void keepHere(byte[] buffer, int length) {
    String text = new String(buffer, 0, length, ISO_8859_1);
    byte[] here = ("" + server.getLocalPort()).getBytes(ISO_8859_1);
    int at = text.indexOf("http://127.0.0.1:" + to + "/");
    if (at >= 0) {
      System.arraycopy(here, 0, buffer, at + "http://127.0.0.1:".length(), here.length);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
