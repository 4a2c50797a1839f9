package dev.slipway.local.server;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.PathHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Serves a set of {@link CloudService}s on loopback: gRPC on one port, HTTP on another. */
public final class CloudServer implements AutoCloseable {

  /** Large enough for any message a real client sends (Pub/Sub allows 10 MB a message). */
  private static final int MAX_MESSAGE_BYTES = 64 << 20;

  private final List<CloudService> services;
  private final ExecutorService workers;
  private final Server grpc;
  private final Undertow http;
  private final Endpoints endpoints;

  private CloudServer(
      List<CloudService> services,
      ExecutorService workers,
      Server grpc,
      Undertow http,
      Endpoints endpoints) {
    this.services = services;
    this.workers = workers;
    this.grpc = grpc;
    this.http = http;
    this.endpoints = endpoints;
  }

  /**
   * Opens both ports, then starts each service in the order given.
   *
   * @throws PortInUseException when a port of {@code endpoints} is taken
   */
  public static CloudServer start(Endpoints endpoints, List<? extends CloudService> services) {
    return start(endpoints, services, Around.NOTHING);
  }

  /** As {@link #start(Endpoints, List)}, with every call passing through {@code around}. */
  public static CloudServer start(
      Endpoints endpoints, List<? extends CloudService> services, Around around) {
    ExecutorService workers =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory());
    Server grpc = grpc(endpoints, services, around, workers);
    Undertow http;
    try {
      http = http(endpoints, services, around, workers);
    } catch (RuntimeException e) {
      grpc.shutdownNow();
      workers.shutdownNow();
      throw e;
    }
    CloudServer server =
        new CloudServer(List.copyOf(services), workers, grpc, http, endpoints);
    services.forEach(CloudService::start);
    return server;
  }

  private static Server grpc(
      Endpoints endpoints,
      List<? extends CloudService> services,
      Around around,
      ExecutorService workers) {
    var builder =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoints.grpcPort()))
            .executor(workers)
            .intercept(around.rpc())
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .permitKeepAliveTime(1, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true);
    services.stream().flatMap(s -> s.grpc().stream()).forEach(builder::addService);
    Server server = builder.build();
    try {
      return server.start();
    } catch (IOException e) {
      server.shutdownNow();
      throw new PortInUseException(endpoints.grpcPort(), e);
    }
  }

  private static Undertow http(
      Endpoints endpoints,
      List<? extends CloudService> services,
      Around around,
      ExecutorService workers) {
    PathHandler paths = new PathHandler();
    for (CloudService service : services) {
      service.http().forEach((prefix, handler) -> paths.addPrefixPath(prefix, handler));
    }
    HttpHandler handler = new BlockingHandler(around.http(paths));
    HttpHandler root = exchange -> exchange.dispatch(workers, handler);
    Undertow http =
        Undertow.builder()
            .setIoThreads(2)
            .setWorkerThreads(2)
            // Undertow cuts bodies off at 2 MiB if not told otherwise; uploads have no limit.
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
            .addHttpListener(endpoints.httpPort(), "127.0.0.1")
            .setHandler(root)
            .build();
    try {
      http.start();
    } catch (RuntimeException e) {
      throw new PortInUseException(endpoints.httpPort(), e);
    }
    return http;
  }

  public Endpoints endpoints() {
    return endpoints;
  }

  /** Closes the ports, then each service, the last started first. */
  @Override
  public void close() {
    http.stop();
    grpc.shutdownNow();
    try {
      grpc.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    services.reversed().forEach(CloudServer::closeQuietly);
    workers.shutdownNow();
  }

  private static void closeQuietly(CloudService service) {
    try {
      service.close();
    } catch (Exception e) {
      System.getLogger(CloudServer.class.getName())
          .log(System.Logger.Level.WARNING, "closing " + service.getClass().getSimpleName(), e);
    }
  }
}
