package dev.slipway.local.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.cloud.run.v2.HTTPGetAction;
import com.google.cloud.run.v2.Probe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Asks a starting process once whether it is ready: by a TCP connection or an HTTP GET. */
final class StartupProbe {

  private final Probe probe;

  StartupProbe(Probe probe) {
    this.probe = probe;
  }

  /** What one asking found. */
  sealed interface Answer {
    /** It is ready. */
    record Ready() implements Answer {}

    /** Nothing listens on the port yet. */
    record Refused() implements Answer {}

    /** It answered, but not well. */
    record Unwell(String why) implements Answer {}
  }

  Answer ask(int port) {
    int timeout = Math.max(1, probe.getTimeoutSeconds()) * 1000;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeout);
      if (!probe.hasHttpGet()) {
        return new Answer.Ready();
      }
      socket.setSoTimeout(timeout);
      return get(socket, probe.getHttpGet());
    } catch (ConnectException refused) {
      return new Answer.Refused();
    } catch (IOException e) {
      return new Answer.Unwell("did not answer the probe (" + e.getMessage() + ")");
    }
  }

  private static Answer get(Socket socket, HTTPGetAction action) throws IOException {
    StringBuilder request = new StringBuilder();
    request.append("GET ").append(action.getPath()).append(" HTTP/1.1\r\nHost: localhost\r\n");
    request.append("User-Agent: GoogleHC/1.0\r\nConnection: close\r\n");
    action
        .getHttpHeadersList()
        .forEach(h -> request.append(h.getName()).append(": ").append(h.getValue()).append("\r\n"));
    socket.getOutputStream().write(request.append("\r\n").toString().getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    String status =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1)).readLine();
    if (status != null && status.matches("HTTP/1\\.[01] [23]\\d\\d.*")) {
      return new Answer.Ready();
    }
    return new Answer.Unwell(
        "answered GET %s with '%s'".formatted(action.getPath(), status == null ? "" : status));
  }
}
