package dev.slipway.local.server;

/** A port the cloud was to listen on is taken. */
public final class PortInUseException extends RuntimeException {

  private static final long serialVersionUID = 1;

  PortInUseException(int port, Throwable cause) {
    super(
        "Tried to listen on 127.0.0.1:%d but the port is taken. Stop what uses it, or name another port."
            .formatted(port),
        cause);
  }
}
