package dev.slipway.local.run;

import dev.slipway.local.run.Addresses.Address;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * Serves every service and every tag on a port of its own and passes each request on to a revision.
 * A change of traffic takes hold between two requests: each looks the routes up once.
 */
final class Splitter implements AutoCloseable {

  private static final OptionMap HTTP =
      OptionMap.builder()
          .set(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
          .set(UndertowOptions.ENABLE_HTTP2, false)
          .set(UndertowOptions.DECODE_URL, false)
          .set(UndertowOptions.MAX_ENTITY_SIZE, -1L)
          .getMap();

  private static final OptionMap SOCKET =
      OptionMap.create(Options.TCP_NODELAY, true, Options.REUSE_ADDRESSES, true);

  private final Addresses addresses;
  private final XnioWorker worker;
  private final ByteBufferPool buffers = new DefaultByteBufferPool(true, 16 << 10);
  private final ProxyHandler proxy;
  private final Map<ServiceName, Routes> routes = new ConcurrentHashMap<>();
  private final Map<Address, Front> fronts = new HashMap<>();

  Splitter(Addresses addresses, Upstreams upstreams) {
    this.addresses = addresses;
    worker = worker();
    proxy =
        ProxyHandler.builder()
            .setProxyClient(upstreams.client(buffers))
            .setMaxConnectionRetries(0)
            .setReuseXForwarded(true)
            .build();
  }

  private static XnioWorker worker() {
    try {
      return Xnio.getInstance(Splitter.class.getClassLoader())
          .createWorker(
              OptionMap.builder()
                  .set(Options.WORKER_IO_THREADS, 2)
                  .set(Options.WORKER_TASK_CORE_THREADS, 1)
                  .set(Options.WORKER_TASK_MAX_THREADS, 2)
                  .set(Options.THREAD_DAEMON, true)
                  .set(Options.WORKER_NAME, "cloud-run")
                  .set(Options.TCP_NODELAY, true)
                  .getMap());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The URL of a service or tag; its port is opened if it is not yet. */
  synchronized String open(Address address) {
    return fronts.computeIfAbsent(address, this::front).url();
  }

  /** Sends requests by {@code fresh} from now on, and closes tags that are no more. */
  void route(ServiceName service, Routes fresh) {
    routes.put(service, fresh);
    Set<String> kept = new HashSet<>(fresh.tags().keySet());
    kept.add("");
    closeAllBut(service, kept);
  }

  /** Closes every URL of a service. */
  void remove(ServiceName service) {
    routes.remove(service);
    closeAllBut(service, Set.of());
    addresses.forget(service);
  }

  private synchronized void closeAllBut(ServiceName service, Set<String> tags) {
    fronts
        .entrySet()
        .removeIf(
            entry -> {
              Address address = entry.getKey();
              boolean gone = address.service().equals(service) && !tags.contains(address.tag());
              if (gone) {
                entry.getValue().stopAccepting();
              }
              return gone;
            });
  }

  private Front front(Address address) {
    int port = addresses.port(address);
    HttpOpenListener http = new HttpOpenListener(buffers, HTTP);
    http.setRootHandler(handler(address));
    try {
      AcceptingChannel<StreamConnection> channel =
          worker.createStreamConnectionServer(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
              ChannelListeners.openListenerAdapter(http),
              SOCKET);
      channel.resumeAccepts();
      return new Front(port, channel, http);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Tried to listen on 127.0.0.1:%d for %s but failed.".formatted(port, address), e);
    }
  }

  private HttpHandler handler(Address address) {
    return exchange -> {
      String revision = choose(address);
      if (revision == null) {
        unknown(exchange);
      } else {
        Upstreams.aim(exchange, address.service(), revision);
        proxy.handleRequest(exchange);
      }
    };
  }

  private @Nullable String choose(Address address) {
    Routes now = routes.getOrDefault(address.service(), Routes.none());
    if (!address.tag().isEmpty()) {
      return now.tags().get(address.tag());
    }
    return now.split().isEmpty() ? null : now.split().choose();
  }

  private static void unknown(HttpServerExchange exchange) {
    exchange.setPersistent(false);
    exchange.setStatusCode(404);
    exchange.getResponseSender().send("Page not found: no revision serves this URL.\n");
  }

  @Override
  public void close() {
    synchronized (this) {
      fronts.values().forEach(Front::closeAll);
      fronts.clear();
    }
    worker.shutdownNow();
    buffers.close();
  }

  /** One open port. */
  private record Front(
      int port, AcceptingChannel<StreamConnection> channel, HttpOpenListener http) {

    String url() {
      return "http://127.0.0.1:" + port;
    }

    /** Connections there are live on, so that no request under way is cut. */
    void stopAccepting() {
      IoUtils.safeClose(channel);
    }

    void closeAll() {
      stopAccepting();
      http.closeConnections();
    }
  }
}
