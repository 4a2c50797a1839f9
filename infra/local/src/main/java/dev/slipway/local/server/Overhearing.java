package dev.slipway.local.server;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.undertow.server.HttpHandler;
import java.util.function.Consumer;

/** Tells of each gRPC call, by its full method name, before what is within sees it. */
public record Overhearing(Around within, Consumer<String> heard) implements Around {

  @Override
  public ServerInterceptor rpc() {
    ServerInterceptor inner = within.rpc();
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        heard.accept(call.getMethodDescriptor().getFullMethodName());
        return inner.interceptCall(call, headers, next);
      }
    };
  }

  @Override
  public HttpHandler http(HttpHandler next) {
    return within.http(next);
  }
}
