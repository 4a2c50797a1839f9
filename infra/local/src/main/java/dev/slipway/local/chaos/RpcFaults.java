package dev.slipway.local.chaos;

import dev.slipway.local.time.Scheduler;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;

/** Lets gRPC calls go wrong as the rules say. */
final class RpcFaults implements ServerInterceptor {

  private final Rules rules;
  private final Scheduler scheduler;

  RpcFaults(Rules rules, Scheduler scheduler) {
    this.rules = rules;
    this.scheduler = scheduler;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Mishap mishap =
        Mishap.of(rules.strike(Place.RPC, call.getMethodDescriptor().getFullMethodName()));
    ServerCallHandler<Q, A> handler =
        mishap.failure().map(standing -> failing(standing, next)).orElse(next);
    if (mishap.stall().isZero()) {
      return handler.startCall(call, headers);
    }
    LateListener<Q> late = new LateListener<>();
    scheduler.schedule(mishap.stall(), late.opener(() -> handler.startCall(call, headers)));
    return late;
  }

  private <Q, A> ServerCallHandler<Q, A> failing(
      Standing standing, ServerCallHandler<Q, A> next) {
    Rule rule = standing.rule();
    String why = Mishap.words(standing);
    return switch (rule.fault()) {
      case BEFORE ->
          (call, headers) -> {
            call.close(Answers.grpc(rule.status()).withDescription(why), new Metadata());
            return new ServerCall.Listener<>() {};
          };
      case TIMEOUT ->
          (call, headers) ->
              next.startCall(
                  new Silenced<>(
                      call, Status.DEADLINE_EXCEEDED.withDescription(why), rule.duration()),
                  headers);
      default ->
          (call, headers) ->
              next.startCall(
                  new Silenced<>(
                      call, Answers.grpc(rule.status()).withDescription(why), Duration.ZERO),
                  headers);
    };
  }

  /** A call carried out whose answer is replaced by an error, some time after it was there. */
  private final class Silenced<Q, A> extends SimpleForwardingServerCall<Q, A> {

    private final Status error;
    private final Duration patience;
    private boolean answered;

    Silenced(ServerCall<Q, A> call, Status error, Duration patience) {
      super(call);
      this.error = error;
      this.patience = patience;
    }

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(A message) {
      end();
    }

    @Override
    public void close(Status status, Metadata trailers) {
      end();
    }

    private void end() {
      if (answered) {
        return;
      }
      answered = true;
      if (patience.isZero()) {
        delegate().close(error, new Metadata());
      } else {
        scheduler.schedule(patience, () -> delegate().close(error, new Metadata()));
      }
    }
  }
}
