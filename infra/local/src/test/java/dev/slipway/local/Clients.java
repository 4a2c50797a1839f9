package dev.slipway.local;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.TimeUnit;

/** What every gRPC client of Google's needs to be pointed at a local endpoint. */
public final class Clients implements AutoCloseable {

  private final ManagedChannel channel;

  private Clients(ManagedChannel channel) {
    this.channel = channel;
  }

  /** One plaintext channel to {@code host:port}, shared by the clients made from it. */
  public static Clients to(String endpoint) {
    return new Clients(NettyChannelBuilder.forTarget(endpoint).usePlaintext().build());
  }

  public ManagedChannel channel() {
    return channel;
  }

  public TransportChannelProvider transport() {
    return FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
  }

  public NoCredentialsProvider credentials() {
    return NoCredentialsProvider.create();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
