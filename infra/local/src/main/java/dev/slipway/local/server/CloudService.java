package dev.slipway.local.server;

import io.grpc.BindableService;
import io.undertow.server.HttpHandler;
import java.util.List;
import java.util.Map;

/**
 * One service of the laptop cloud, as {@link CloudServer} mounts it. All services share one gRPC
 * port and one HTTP port, as Google's share one host name each.
 */
public interface CloudService extends AutoCloseable {

  /** What to mount on the gRPC port. */
  default List<BindableService> grpc() {
    return List.of();
  }

  /**
   * What to mount on the HTTP port, by path prefix ({@code "/storage/v1"}). A handler sees the
   * whole path in {@code exchange.getRequestURI()}, runs on a virtual thread and may block.
   */
  default Map<String, HttpHandler> http() {
    return Map.of();
  }

  /** Takes up again what was under way when the cloud last stopped; the ports are open by now. */
  default void start() {}

  @Override
  default void close() {}
}
