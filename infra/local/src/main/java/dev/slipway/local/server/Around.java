package dev.slipway.local.server;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.undertow.server.HttpHandler;

/** What stands around every API of a {@link CloudServer}. */
public interface Around {

  /** Lets everything pass. */
  Around NOTHING =
      new Around() {

        @Override
        public ServerInterceptor rpc() {
          return new ServerInterceptor() {
            @Override
            public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
              return next.startCall(call, headers);
            }
          };
        }

        @Override
        public HttpHandler http(HttpHandler next) {
          return next;
        }
      };

  /** What each gRPC call passes through. */
  ServerInterceptor rpc();

  /** What each HTTP request passes through, on its way to {@code next}; it may block. */
  HttpHandler http(HttpHandler next);
}
