package dev.slipway.local.server;

/**
 * Where the laptop cloud listens, on 127.0.0.1.
 *
 * @param grpcPort the port of every gRPC API
 * @param httpPort the port of every HTTP API
 */
public record Endpoints(int grpcPort, int httpPort) {

  /** Two ports that were free a moment ago. */
  public static Endpoints free() {
    return new Endpoints(Ports.free(), Ports.free());
  }

  /** The gRPC endpoint as {@code host:port}. */
  public String grpc() {
    return "127.0.0.1:" + grpcPort;
  }

  /** The HTTP endpoint as {@code http://host:port}. */
  public String http() {
    return "http://127.0.0.1:" + httpPort;
  }
}
