package dev.slipway.local.run;

import com.google.logging.type.HttpRequest;
import dev.slipway.local.run.RequestMetrics.Served;
import dev.slipway.local.run.StartupWatch.Timing;
import dev.slipway.local.time.Scheduler;
import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.UndertowClient;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ProxyCallback;
import io.undertow.server.handlers.proxy.ProxyClient;
import io.undertow.server.handlers.proxy.ProxyConnection;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;

/**
 * Takes a request to the instance of its revision: waits for room there, connects, cuts it off at
 * the revision's time-out and counts it. Each request has a connection of its own, so none can fail
 * on one that went stale in a pool; on loopback that costs next to nothing.
 */
final class Upstreams {

  private static final AttachmentKey<Trip> TRIP = AttachmentKey.create(Trip.class);
  private static final AttachmentKey<Aim> AIM = AttachmentKey.create(Aim.class);
  private static final ProxyClient.ProxyTarget TARGET = new ProxyClient.ProxyTarget() {};
  private static final int MOST_REFUSALS = 3;
  private static final OptionMap SOCKET = OptionMap.create(Options.TCP_NODELAY, true);

  private final Function<String, @Nullable Instance> find;
  private final Records records;
  private final Timing timing;

  /**
   * @param find the instance of a revision, null when there is none
   */
  Upstreams(Function<String, @Nullable Instance> find, Records records, Timing timing) {
    this.find = find;
    this.records = records;
    this.timing = timing;
  }

  /** Where requests are written down once they are over. */
  record Records(RequestMetrics metrics, RunLog log) {}

  private record Aim(ServiceName service, String revision) {}

  /** Says which revision a request goes to. */
  static void aim(HttpServerExchange exchange, ServiceName service, String revision) {
    exchange.putAttachment(AIM, new Aim(service, revision));
  }

  ProxyClient client(ByteBufferPool buffers) {
    return new ProxyClient() {
      @Override
      public ProxyTarget findTarget(HttpServerExchange exchange) {
        return TARGET;
      }

      @Override
      public void getConnection(
          ProxyTarget target,
          HttpServerExchange exchange,
          ProxyCallback<ProxyConnection> callback,
          long timeout,
          TimeUnit unit) {
        Trip trip = new Trip(exchange, callback, buffers);
        exchange.putAttachment(TRIP, trip);
        exchange.addExchangeCompleteListener(trip);
        trip.begin();
      }
    };
  }

  /** One request on its way; its fields are touched on the exchange's I/O thread only. */
  private final class Trip implements Instance.Waiter, ExchangeCompletionListener {

    private final HttpServerExchange exchange;
    private final ProxyCallback<ProxyConnection> callback;
    private final ByteBufferPool buffers;
    private final Aim aim;
    private final Instant began = timing.clock().instant();
    private volatile boolean done;
    private int refusals;
    private Instance.@Nullable Lease lease;
    private @Nullable ClientConnection connection;
    private Scheduler.@Nullable Task deadline;

    Trip(
        HttpServerExchange exchange,
        ProxyCallback<ProxyConnection> callback,
        ByteBufferPool buffers) {
      this.exchange = exchange;
      this.callback = callback;
      this.buffers = buffers;
      aim = exchange.getAttachment(AIM);
    }

    void begin() {
      Instance upstream = find.apply(aim.revision());
      if (upstream == null) {
        callback.couldNotResolveBackend(exchange);
        return;
      }
      Duration timeout = Duration.ofSeconds(upstream.revision().getTimeout().getSeconds());
      deadline = timing.scheduler().schedule(timeout, () -> onIoThread(this::cutOff));
      upstream.admit(this);
    }

    private void onIoThread(Runnable work) {
      exchange.getIoThread().execute(work);
    }

    @Override
    public boolean gone() {
      return done;
    }

    @Override
    public void admitted(Instance.Lease held) {
      onIoThread(
          () -> {
            lease = held;
            if (done) {
              letGo();
            } else {
              connect(held.port());
            }
          });
    }

    @Override
    public void refused() {
      onIoThread(
          () -> {
            if (!done) {
              callback.couldNotResolveBackend(exchange);
            }
          });
    }

    private void connect(int port) {
      UndertowClient.getInstance()
          .connect(
              new ClientCallback<ClientConnection>() {
                @Override
                public void completed(ClientConnection made) {
                  connected(made);
                }

                @Override
                public void failed(IOException e) {
                  notConnected();
                }
              },
              URI.create("http://127.0.0.1:" + port),
              exchange.getIoThread(),
              buffers,
              SOCKET);
    }

    /** Nothing was sent yet: a process that just ended costs this request only a little time. */
    private void notConnected() {
      if (lease != null) {
        lease.broken();
        lease = null;
      }
      Instance upstream = find.apply(aim.revision());
      if (done) {
        return;
      }
      if (upstream == null || ++refusals >= MOST_REFUSALS) {
        callback.couldNotResolveBackend(exchange);
      } else {
        upstream.admit(this);
      }
    }

    private void connected(ClientConnection made) {
      connection = made;
      if (done) {
        letGo();
      } else {
        callback.completed(exchange, new ProxyConnection(made, ""));
      }
    }

    private void cutOff() {
      if (done) {
        return;
      }
      if (exchange.isResponseStarted()) {
        IoUtils.safeClose(exchange.getConnection());
      } else {
        exchange.setStatusCode(StatusCodes.GATEWAY_TIME_OUT);
        exchange.endExchange();
      }
      IoUtils.safeClose(connection);
    }

    /** An upgraded connection outlives its exchange: it is let go when either side closes it. */
    @Override
    public void exchangeEvent(HttpServerExchange ended, NextListener next) {
      Duration took = Duration.between(began, timing.clock().instant());
      records
          .metrics()
          .record(
              new Served(
                  aim.service(), ServiceName.lastPart(aim.revision()), ended.getStatusCode()),
              took);
      records.log().answered(aim.revision(), request(ended, took));
      ClientConnection upgraded = connection;
      if (ended.getStatusCode() == StatusCodes.SWITCHING_PROTOCOLS && upgraded != null) {
        upgraded.addCloseListener(closed -> onIoThread(this::finish));
      } else {
        finish();
      }
      next.proceed();
    }

    private static HttpRequest request(HttpServerExchange ended, Duration took) {
      String agent = ended.getRequestHeaders().getFirst(Headers.USER_AGENT);
      return HttpRequest.newBuilder()
          .setRequestMethod(ended.getRequestMethod().toString())
          .setRequestUrl(ended.getRequestURL())
          .setStatus(ended.getStatusCode())
          .setUserAgent(agent == null ? "" : agent)
          .setLatency(
              com.google.protobuf.Duration.newBuilder()
                  .setSeconds(took.toSeconds())
                  .setNanos(took.toNanosPart()))
          .build();
    }

    private void finish() {
      done = true;
      if (deadline != null) {
        deadline.cancel();
      }
      letGo();
    }

    private void letGo() {
      IoUtils.safeClose(connection);
      if (lease != null) {
        lease.release();
      }
    }
  }
}
